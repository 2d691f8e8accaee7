// What the browser brings back, read and judged. Pure.
#pragma once

#include <string>
#include <string_view>

namespace bbstream::login {

struct callback {
    enum kind {
        granted,    // `text` is the code
        refused,    // `text` says why
        forged,     // not the answer to our question: another state, or none
        elsewhere,  // not the callback's address at all
    };
    kind what = elsewhere;
    std::string text;
};

// `target`: path and query that were asked for; `path`: that of the redirect URI. The states are compared in constant
// time.
callback read_callback(std::string_view target, std::string_view path, std::string_view state);

// Path and query of an address that a person has copied from the browser.
std::string_view target_of_address(std::string_view address);

}  // namespace bbstream::login
