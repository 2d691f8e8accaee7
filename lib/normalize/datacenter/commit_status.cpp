// Build statuses as Data Center's REST lists them; no webhook tells of them.
#include "normalize/hash.hpp"
#include "normalize/identity.hpp"
#include "normalize/observed_statuses.hpp"
#include "normalize/push.hpp"
#include "normalize/words.hpp"

namespace bbstream::normalize::datacenter {

namespace {

constexpr word states[] = {
    {"INPROGRESS", "in_progress"}, {"SUCCESSFUL", "successful"}, {"FAILED", "failed"}, {"CANCELLED", "stopped"}};

}  // namespace

std::optional<observed_status> read_observed_status(object const& from, std::string_view commit, arena& memory)
{
    auto const key = bounded_id(from, "key", memory);
    auto const state = needed_member(from, "state", id_bytes_max).value;
    auto updated = time_member(from, "updatedDate");
    if (!updated)
        updated = time_member(from, "dateAdded");
    if (!key || !state || !updated)
        return std::nullopt;
    auto const hash = forms_of_hash(commit, memory);
    observed_status seen;
    seen.commit = hash.id;
    auto& of = seen.status;
    of.commit = {hash.sha, hash.short_sha};
    of.key = *key;
    of.name = text_member(from, "name");
    of.state = translate(states, *state);
    of.source_state = *state;
    of.description = text_member(from, "description");
    of.url = filled_member(from, "url");
    of.ref_name = filled_member(from, "ref");
    of.created_at = time_member(from, "createdDate");
    of.updated_at = updated;
    of.parent_key = filled_member(from, "parent");
    of.build_number = filled_member(from, "buildNumber");
    of.duration_ms = number_member(from, "duration");
    return seen;
}

}  // namespace bbstream::normalize::datacenter
