#include "normalize/discussion.hpp"

#include "event/digest.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <string>

namespace bbstream::normalize {

namespace {

// All together stay below state::snapshot_bytes_max.
constexpr std::size_t comments_max = 1500;
constexpr std::size_t head_bytes = sizeof(std::uint64_t) + sizeof(state::seconds);

state::key key_of(mapping& in, std::uint64_t pull_request)
{
    return in.machine("snapshot", {"discussion", std::to_string(pull_request)});
}

// Little-endian, as everything in the state.
template <class Integer>
char* put(char* to, Integer value)
{
    for (std::size_t at = 0; at < sizeof value; ++at)
        *to++ = static_cast<char>(value >> (8 * at) & 0xff);
    return to;
}

template <class Integer>
Integer get(std::string_view from)
{
    Integer value = 0;
    for (std::size_t at = sizeof value; at-- > 0;)
        value = static_cast<Integer>(value << 8 | static_cast<unsigned char>(from[at]));
    return value;
}

}  // namespace

std::uint64_t stamp_of(event::pull_request const& of, arena& memory)
{
    auto const text =
        memory.join({std::to_string(of.updated_at.value_or(0)), " ", std::to_string(of.comment_count.value_or(0)), " ",
                     std::to_string(of.task_count.value_or(0))});
    auto const digest = event::sha1(text);
    return get<std::uint64_t>({reinterpret_cast<char const*>(digest.data()), sizeof(std::uint64_t)});
}

std::optional<known_discussion> recall_discussion(mapping& in, std::uint64_t pull_request)
{
    auto const found = in.snapshot(key_of(in, pull_request));
    if (!found || found->packed.size() < head_bytes)
        return std::nullopt;
    auto rest = found->packed;
    known_discussion of;
    of.known = found->at;
    of.stamp = get<std::uint64_t>(rest);
    of.listed = get<state::seconds>(rest.substr(sizeof of.stamp));
    rest.remove_prefix(head_bytes);
    auto const comments = in.memory().array<std::uint64_t>(rest.size() / sizeof(std::uint64_t));
    for (std::size_t at = 0; at < comments.size(); ++at)
        comments[at] = get<std::uint64_t>(rest.substr(at * sizeof(std::uint64_t)));
    of.comments = comments;
    return of;
}

bool differ(std::set<std::uint64_t> const& comments, known_discussion const& before)
{
    auto const forgotten = comments.size() - std::min(comments.size(), comments_max);
    auto const from = std::next(comments.begin(), static_cast<std::ptrdiff_t>(forgotten));
    return !std::equal(from, comments.end(), before.comments.begin(), before.comments.end());
}

void remember_discussion(mapping& in, std::uint64_t pull_request, known_discussion const& what, bool closed)
{
    auto const kept = what.comments.last(std::min(what.comments.size(), comments_max));
    auto const packed = in.memory().array<char>(head_bytes + kept.size() * sizeof(std::uint64_t));
    auto* at = put(packed.data(), what.stamp);
    at = put(at, what.listed);
    for (auto const id : kept)
        at = put(at, id);
    in.write_snapshot(key_of(in, pull_request), {what.known, {packed.data(), packed.size()}}, closed);
}

}  // namespace bbstream::normalize
