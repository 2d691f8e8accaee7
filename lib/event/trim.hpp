// How much is left out of an event that is too large: steps in the order in which they are taken.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bbstream::event {

enum class trim : std::uint8_t {
    nothing,
    long_messages,      // commit messages are cut to 512 bytes
    most_commits,       // of a list of commits 20 stay
    all_commits,        // of a list of commits none stays
    long_texts,         // descriptions and comments are cut to 2 KiB
    most_participants,  // of a list of people 100 stay
    all_but_ids,        // what is left identifies the fact; the rest lies in the journal
};

inline constexpr std::size_t message_bytes_trimmed = 512;
inline constexpr std::size_t commits_trimmed = 20;
inline constexpr std::size_t text_bytes_trimmed = 2048;
inline constexpr std::size_t participants_trimmed = 100;

constexpr std::size_t message_bytes_shown(trim how)
{
    return how < trim::long_messages ? std::string_view::npos : message_bytes_trimmed;
}

constexpr std::size_t commits_shown(trim how, std::size_t count)
{
    if (how >= trim::all_commits)
        return 0;
    return how == trim::most_commits && count > commits_trimmed ? commits_trimmed : count;
}

constexpr std::size_t text_bytes_shown(trim how)
{
    return how < trim::long_texts ? std::string_view::npos : text_bytes_trimmed;
}

constexpr std::size_t participants_shown(trim how, std::size_t count)
{
    return how >= trim::most_participants && count > participants_trimmed ? participants_trimmed : count;
}

}  // namespace bbstream::event
