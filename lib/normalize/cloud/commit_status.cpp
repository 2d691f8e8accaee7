// repo:commit_status_created, repo:commit_status_updated: what a build says of a commit.
#include "normalize/cloud/build_address.hpp"
#include "normalize/cloud/keys.hpp"
#include "normalize/cloud/needed.hpp"
#include "normalize/hash.hpp"
#include "normalize/observed_statuses.hpp"
#include "normalize/words.hpp"

namespace bbstream::normalize::cloud {

namespace {

constexpr word states[] = {
    {"INPROGRESS", "in_progress"}, {"SUCCESSFUL", "successful"}, {"FAILED", "failed"}, {"STOPPED", "stopped"}};

// Old payloads have the hash in addresses only, and any number of its digits.
event::text hash_of(object const& status)
{
    auto const commit = object_member(status, "commit");
    auto hash = commit ? filled_member(*commit, "hash") : std::nullopt;
    if (!hash)
        hash = hash_in_address(link_member(status, "commit"));
    if (!hash)
        hash = hash_in_address(link_member(status, "self"));
    return hash && hash->size() <= id_bytes_max ? hash : std::nullopt;
}

// What the id needs, and so must be there.
struct id_parts {
    std::string_view hash;
    std::string_view key;
    std::string_view state;
    micros updated = 0;
};

std::optional<id_parts> needed_parts(mapping& in, object const& status)
{
    auto const lacks = [&](std::string_view name, std::string_view path) {
        in.add_unknown_without(status, name, path);
        return std::nullopt;
    };
    auto const hash = hash_of(status);
    if (!hash)
        return lacks("commit", "commit_status.commit.hash");
    auto const key = bounded_id(status, "key", in.memory());
    if (!key)
        return lacks("key", "commit_status.key");
    auto const state = needed_member(status, "state", id_bytes_max).value;
    if (!state)
        return lacks("state", "commit_status.state");
    auto const updated = time_member(status, "updated_on");
    if (!updated)
        return lacks("updated_on", "commit_status.updated_on");
    return id_parts{*hash, *key, *state, *updated};
}

event::build_status read_status(object const& from, id_parts const& parts, hash_forms const& commit)
{
    event::build_status of;
    of.commit = {commit.sha, commit.short_sha};
    of.key = parts.key;
    of.name = text_member(from, "name");
    of.state = translate(states, parts.state);
    of.source_state = parts.state;
    of.description = text_member(from, "description");
    of.url = filled_member(from, "url");
    of.ref_name = filled_member(from, "refname");
    of.created_at = time_member(from, "created_on");
    of.updated_at = parts.updated;
    if (of.url) {
        auto const run = pipeline_of_address(*of.url);
        of.provider = run.is_pipeline ? "pipelines" : "external";
        of.pipeline_run_number = run.number;
    }
    return of;
}

void map_status(mapping& in, bool first)
{
    auto const from = needs_repository(in) ? needed_object(in, "commit_status") : std::nullopt;
    auto const parts = from ? needed_parts(in, *from) : std::nullopt;
    if (!parts)
        return;
    auto const commit = forms_of_hash(parts->hash, in.memory());
    auto* made = in.add_once(event::type::buildstatus_reported,
                             in.facts().build_status(commit.id, parts->key, parts->state, parts->updated),
                             in.memory().join({"commits/", commit.id, "/statuses/", parts->key}), parts->updated);
    if (!made)
        return;
    auto status = read_status(*from, *parts, commit);
    status.first = first;
    made->data = event::build_status_reported{in.memory().keep(status)};
}

}  // namespace

std::optional<observed_status> read_observed_status(object const& from, std::string_view commit, arena& memory)
{
    auto const hash = hash_of(from);
    auto const key = bounded_id(from, "key", memory);
    auto const state = needed_member(from, "state", id_bytes_max).value;
    auto const updated = time_member(from, "updated_on");
    if (!key || !state || !updated)
        return std::nullopt;
    auto const forms = forms_of_hash(hash.value_or(commit), memory);
    return observed_status{read_status(from, {forms.id, *key, *state, *updated}, forms), forms.id};
}

void map_commit_status_created(mapping& in)
{
    map_status(in, true);
}

void map_commit_status_updated(mapping& in)
{
    map_status(in, false);
}

}  // namespace bbstream::normalize::cloud
