// What to ask for, and how to read the answer: values without any I/O, that products make and walk.hpp carries out.
#pragma once

#include "rest/message.hpp"
#include "rest/row.hpp"

#include <optional>
#include <string>

namespace bbstream::rest {

// From a page and the target that gave it to the next one's target; nothing at the end. Errors: invalid where the
// answer leads in a circle or astray.
using paging = result<std::optional<std::string>> (*)(std::string const& current, json const& page);

struct listing {
    std::string target;  // of the first page
    columns shows;
    paging next = nullptr;  // none: there is one page only
    std::string_view member = "values";
};

// Things within a thing.
struct part {
    std::string_view name;
    columns shows;
    json (*of)(json const& whole);
};

struct entity {
    std::string target;
    columns shows;
    std::span<part const> parts;
};

}  // namespace bbstream::rest
