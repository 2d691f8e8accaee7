// A push as it was read from either product's payload, before the fold decides what it means.
#pragma once

#include "event/event.hpp"
#include "normalize/read.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

namespace bbstream::normalize {

// A name that is longer is no name.
inline constexpr std::size_t ref_name_bytes_max = 4096;
inline constexpr std::size_t commit_message_bytes_max = 4096;
// Bitbucket lists five commits; so many of a longer list are read.
inline constexpr std::size_t listed_commits_max = 10'000;
// Both products list at most so many by default.
inline constexpr std::size_t usual_commits_max = 5;

// Why something can't be typed.
struct flaw {
    event::unknown_reason reason = event::unknown_reason::missing_fields;
    std::string_view detail;
};

struct push_change {
    event::ref_change data;     // but for the place in its push
    std::string_view old_hash;  // as ids take it; no_hash where there is none
    std::string_view new_hash;
    element sent;
    std::optional<normalize::flaw> flaw;  // if there is one the rest is void
};

struct push {
    std::vector<push_change> changes;
    std::optional<micros> date;           // of all its changes, where the product tells
    std::optional<normalize::flaw> flaw;  // there is no list of changes

    void clear();
};

// A text that a change needs.
struct needed_text {
    event::text value;
    event::unknown_reason problem = event::unknown_reason::missing_fields;  // if there is no value
};
needed_text needed_member(object const& of, std::string_view name, std::size_t bytes_max);

// "push.changes/2: new.name is missing"
flaw make_flaw(event::unknown_reason reason, std::string_view where, std::string_view what, arena& memory);

// The list of a push, or the flaw that it is not there.
std::optional<array> changes_of(std::optional<object> const& holder, std::string_view where, push& into, arena& memory);

// The commits of a list, by the product's reader of one. Whether it is complete is for the caller to say.
template <class Read>
event::commit_list read_commit_list(array const& list, arena& memory, Read read)
{
    auto const items = memory.array<event::commit>(std::min(list.size(), listed_commits_max));
    std::size_t at = 0;
    for (element const each : list) {
        if (at == items.size())
            break;
        if (auto const commit = as_object(each))
            items[at] = read(*commit);
        ++at;
    }
    event::commit_list commits;
    commits.items = items;
    commits.cut = items.size() < list.size();
    return commits;
}

}  // namespace bbstream::normalize
