// Something that is known to be missing in a repository, and is to be fetched over REST. It is made and removed by
// records only, and never forgotten by the state's bound.
#pragma once

#include "state/bounds.hpp"
#include "state/key.hpp"
#include "state/ref_state.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bbstream::state {

enum class request_kind : std::uint8_t {
    truncated,  // a webhook lists some of its commits only
    unlisted,   // a webhook lists none
    chain,      // something before a webhook was not delivered
    poll,       // a change that REST has shown: the listing of its commits, which follows by itself, ends it
};
inline constexpr std::size_t request_kind_count = 4;

struct request {
    request_kind kind = request_kind::truncated;
    std::string ref;  // in full
    head before;
    head after;
    key gap;     // the event that told of it; zeros: none has
    key change;  // the event of the change: it tells one request from another
    head known;  // where the ref was known to stand
    seconds made = 0;
    std::uint64_t run = 0;    // the record with which the filling began; 0: it has not
    std::uint32_t found = 0;  // commits so far
    std::uint8_t tries = 0;   // that failed
    seconds tried = 0;        // when the last one did
    // The commits that the push lists, as it was sent, which are not told before an answer says which of them are new.
    // Empty: none wait.
    std::string withheld = {};

    bool has_gap() const { return gap != key(); }
};

// What is longer is cut behind a commit.
inline constexpr std::size_t withheld_bytes_max = 32 * 1024;
// Of a repository. Beyond them the oldest is given up.
inline constexpr std::size_t requests_max = 256;
inline constexpr std::size_t unlisted_max = 16;
// So many tries that fail are the end of it.
inline constexpr std::uint8_t request_tries_max = 5;

// As gaps and records have it: "truncated" and so on.
std::string_view request_name(request_kind which);

}  // namespace bbstream::state
