#include "normalize/pull_request_snapshot.hpp"

#include "event/digest.hpp"

#include <algorithm>
#include <array>

namespace bbstream::normalize {

namespace {

using extent = remembered::extent;

// Longer texts are remembered by their digests. All together they stay below state::snapshot_bytes_max.
constexpr std::size_t text_bytes_max = 256;
constexpr std::size_t reviewers_bytes_max = 4096;
constexpr std::size_t digest_bytes = 16;

// In the order in which they are packed.
constexpr std::array members = {
    &pull_request_snapshot::title,       &pull_request_snapshot::description, &pull_request_snapshot::draft,
    &pull_request_snapshot::source_head, &pull_request_snapshot::target_ref,  &pull_request_snapshot::target_head,
    &pull_request_snapshot::reviewers,   &pull_request_snapshot::state,       &pull_request_snapshot::version,
    &pull_request_snapshot::judges,      &pull_request_snapshot::observed,
};

remembered kept(event::text what, std::size_t bytes_max, arena& memory)
{
    if (!what)
        return {};
    if (what->size() <= bytes_max)
        return {extent::whole, *what};
    auto const digest = event::sha1(*what);
    auto const bytes = memory.array<char>(digest_bytes);
    std::copy_n(digest.begin(), digest_bytes, bytes.begin());
    return {extent::digest, {bytes.data(), bytes.size()}};
}

// In order, each with a line feed.
std::string_view join_ids(std::span<std::string_view> ids, arena& memory)
{
    std::ranges::sort(ids);
    auto const last = std::unique(ids.begin(), ids.end());
    ids = ids.first(static_cast<std::size_t>(last - ids.begin()));
    std::size_t bytes = 0;
    for (auto const id : ids)
        bytes += id.size() + 1;
    auto const joined = memory.array<char>(bytes);
    auto at = joined.begin();
    for (auto const id : ids) {
        at = std::copy(id.begin(), id.end(), at);
        *at++ = '\n';
    }
    return {joined.data(), joined.size()};
}

std::span<std::string_view> split_ids(remembered const& joined, arena& memory)
{
    auto rest = joined.text().value_or(std::string_view());
    auto const ids = memory.array<std::string_view>(static_cast<std::size_t>(std::ranges::count(rest, '\n')));
    for (auto& id : ids) {
        id = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(id.size() + 1);
    }
    return ids;
}

event::text word_of(std::optional<bool> truth)
{
    return truth ? event::text(*truth ? "true" : "false") : std::nullopt;
}

// Each as how it is known, its size in two bytes, and its bytes.
std::string_view pack(pull_request_snapshot const& of, arena& memory)
{
    std::size_t size = 0;
    for (auto const which : members)
        size += 3 + (of.*which).bytes.size();
    auto const packed = memory.array<char>(size);
    auto at = packed.begin();
    for (auto const which : members) {
        auto const& value = of.*which;
        *at++ = static_cast<char>(value.known);
        *at++ = static_cast<char>(value.bytes.size() & 0xff);
        *at++ = static_cast<char>(value.bytes.size() >> 8);
        at = std::copy(value.bytes.begin(), value.bytes.end(), at);
    }
    return {packed.data(), packed.size()};
}

// Nothing of what is not packed like that.
pull_request_snapshot unpack(std::string_view packed)
{
    pull_request_snapshot of;
    for (auto const which : members) {
        if (packed.size() < 3 || static_cast<unsigned char>(packed[0]) > static_cast<unsigned char>(extent::digest))
            return {};
        auto const byte = [&](std::size_t at) { return std::size_t(static_cast<unsigned char>(packed[at])); };
        std::size_t const size = byte(1) | byte(2) << 8;
        auto const known = static_cast<extent>(packed[0]);
        packed.remove_prefix(3);
        if (packed.size() < size)
            return {};
        of.*which = {known, packed.substr(0, size)};
        packed.remove_prefix(size);
    }
    return of;
}

state::key key_of(mapping& in, std::uint64_t id)
{
    return in.machine("snapshot", {"pullrequest", std::to_string(id)});
}

// Verdicts may be known of one that no delivery has described.
std::optional<known_pull_request> remembered_of(mapping& in, std::uint64_t id)
{
    auto const found = in.snapshot(key_of(in, id));
    return found ? std::optional(known_pull_request{found->at, unpack(found->packed)}) : std::nullopt;
}

}  // namespace

bool differ(remembered const& before, remembered const& now)
{
    return before.known != extent::nothing && now.known != extent::nothing && before != now;
}

remembered remember_text(event::text what, arena& memory)
{
    return kept(what, text_bytes_max, memory);
}

remembered remember_reviewers(std::span<event::participant const> reviewers, arena& memory)
{
    auto const ids = memory.array<std::string_view>(reviewers.size());
    std::size_t count = 0;
    for (auto const& each : reviewers)
        if (each.actor && each.actor->id)
            ids[count++] = *each.actor->id;
    return kept(join_ids(ids.first(count), memory), reviewers_bytes_max, memory);
}

remembered remember_judges(event::pull_request const& of, arena& memory)
{
    auto const ids = memory.array<std::string_view>(of.reviewers.size() + of.participants.size());
    std::size_t count = 0;
    for (auto const people : {of.reviewers, of.participants})
        for (auto const& each : people)
            if (each.actor && each.actor->id && is_positive(each.verdict))
                ids[count++] = *each.actor->id;
    return kept(join_ids(ids.first(count), memory), reviewers_bytes_max, memory);
}

bool is_positive(std::string_view verdict)
{
    return verdict == "approved" || verdict == "changes_requested";
}

pull_request_snapshot snapshot_of_texts(event::pull_request const& of, event::text description, arena& memory)
{
    pull_request_snapshot now;
    now.title = remember_text(of.title, memory);
    now.description = remember_text(description, memory);
    now.draft = remember_text(word_of(of.draft), memory);
    now.state = remember_text(of.state, memory);
    return now;
}

bool is_closed(std::string_view state)
{
    return state == "merged" || state == "declined" || state == "superseded";
}

std::optional<bool> draft_of(pull_request_snapshot const& of)
{
    auto const word = of.draft.text();
    return word ? std::optional(*word == "true") : std::nullopt;
}

std::span<std::string_view const> reviewers_of(pull_request_snapshot const& of, arena& memory)
{
    return split_ids(of.reviewers, memory);
}

std::optional<known_pull_request> known(mapping& in, std::uint64_t id)
{
    auto const found = remembered_of(in, id);
    bool const described = found && found->is.state.known != extent::nothing;
    return described ? found : std::nullopt;
}

std::span<std::string_view const> known_judges(mapping& in, std::uint64_t id)
{
    auto const found = remembered_of(in, id);
    return found ? split_ids(found->is.judges, in.memory()) : std::span<std::string_view>();
}

void remember(mapping& in, event::pull_request const& of, pull_request_snapshot const& now)
{
    if (!of.updated_at)
        return;
    auto const before = remembered_of(in, of.id);
    if (before && *of.updated_at < before->at)
        return;
    auto merged = before ? before->is : pull_request_snapshot();
    for (auto const which : members)
        if ((now.*which).known != extent::nothing)
            merged.*which = now.*which;
    in.write_snapshot(key_of(in, of.id), {*of.updated_at, pack(merged, in.memory())}, is_closed(of.state));
}

void remember_told(mapping& in, event::pull_request const& of, pull_request_snapshot const& now,
                   std::initializer_list<snapshot_part> told)
{
    if (!remembered_of(in, of.id)) {
        remember(in, of, now);
        return;
    }
    pull_request_snapshot part;
    part.version = now.version;
    for (auto const which : told)
        part.*which = now.*which;
    remember(in, of, part);
}

void remember_judge(mapping& in, event::pull_request const& of, std::string_view user, bool positive)
{
    auto const before = remembered_of(in, of.id);
    auto const judges = known_judges(in, of.id);
    auto const ids = in.memory().array<std::string_view>(judges.size() + 1);
    auto last = std::ranges::remove_copy(judges, ids.begin(), user).out;
    if (positive)
        *last++ = user;
    auto now = before ? before->is : pull_request_snapshot();
    now.judges = kept(join_ids({ids.begin(), last}, in.memory()), reviewers_bytes_max, in.memory());
    bool const closed = is_closed(now.state.text().value_or(std::string_view()));
    in.write_snapshot(key_of(in, of.id), {before ? before->at : 0, pack(now, in.memory())}, closed);
}

std::array<unsigned char, 20> digest_of(pull_request_snapshot const& of, std::string_view more, arena& memory)
{
    return event::sha1(pack(of, memory), more);
}

}  // namespace bbstream::normalize
