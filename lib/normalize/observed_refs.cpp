#include "normalize/observed_refs.hpp"

#include "normalize/hash.hpp"
#include "normalize/push.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace bbstream::normalize {

namespace {

// A page holds a thousand at most.
constexpr std::size_t page_refs_max = 10'000;

constexpr std::array kinds{std::pair{branch_prefix, std::string_view("branch")},
                           std::pair{tag_prefix, std::string_view("tag")}};

event::text hash_of(product platform, object const& from)
{
    if (platform == product::cloud) {
        auto const target = object_member(from, "target");
        return target ? filled_member(*target, "hash") : std::nullopt;
    }
    auto const own = filled_member(from, "hash");  // of an annotated tag
    return own ? own : filled_member(from, "latestCommit");
}

event::text full_name(product platform, object const& from, std::string_view prefix, arena& memory)
{
    auto const name = filled_member(from, platform == product::cloud ? "name" : "id");
    if (!name || name->size() > ref_name_bytes_max)
        return std::nullopt;
    return platform == product::datacenter && name->starts_with("refs/") ? *name : memory.join({prefix, *name});
}

event::text prefix_of_type(object const& from)
{
    auto const type = filled_member(from, "type");
    for (auto const& [prefix, name] : kinds)
        if (type == name)
            return prefix;
    return std::nullopt;
}

}  // namespace

event::ref ref_of_name(std::string_view full)
{
    for (auto const& [prefix, type] : kinds)
        if (full.starts_with(prefix))
            return {full, full.substr(prefix.size()), type};
    return {full, full, "other"};
}

std::optional<observed_ref> read_observed_ref(product platform, object const& from, event::text prefix, arena& memory)
{
    if (!prefix)
        prefix = prefix_of_type(from);
    if (!prefix)
        return std::nullopt;
    auto const name = full_name(platform, from, *prefix, memory);
    auto const hash = hash_of(platform, from);
    if (!name || !hash || is_zero_hash(*hash))
        return std::nullopt;
    return observed_ref{ref_of_name(*name), forms_of_hash(*hash, memory).id,
                        bool_member(from, "isDefault").value_or(false)};
}

std::span<observed_ref const> read_observed_refs(product platform, object const& page, event::text prefix,
                                                 arena& memory)
{
    auto const list = array_member(page, "values");
    if (!list)
        return {};
    auto const refs = memory.array<observed_ref>(std::min(list->size(), page_refs_max));
    std::size_t count = 0;
    for (element const each : *list) {
        auto const fields = as_object(each);
        auto const ref = fields ? read_observed_ref(platform, *fields, prefix, memory) : std::nullopt;
        if (ref && count < refs.size())
            refs[count++] = *ref;
    }
    return refs.first(count);
}

}  // namespace bbstream::normalize
