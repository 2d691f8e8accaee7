// What both products' commits have in common, and lists of them.
#pragma once

#include "event/event.hpp"
#include "normalize/read.hpp"

#include <algorithm>
#include <string_view>

namespace bbstream::normalize {

inline constexpr std::size_t commit_message_bytes_max = 4096;
// Bitbucket lists five commits; so many of a longer list are read.
inline constexpr std::size_t listed_commits_max = 10'000;
// Of all changes of a push together. Cloud lists five commits of each; a push that lists more than so many is none.
inline constexpr std::size_t pushed_commits_max = 100'000;
// Both products list at most so many by default.
inline constexpr std::size_t usual_commits_max = 5;

// A commit's hash in its forms, its message, its parents; `hash_name` is the member that holds the hash.
event::commit begin_commit(object const& from, std::string_view hash_name, arena& memory);

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
