#include "normalize/cloud/deployment.hpp"

#include "normalize/hash.hpp"
#include "normalize/identity.hpp"
#include "normalize/words.hpp"

namespace bbstream::normalize::cloud {

namespace {

constexpr std::string_view begun = "IN_PROGRESS";
constexpr word states[] = {{begun, "in_progress"}, {"COMPLETED", "finished"}};
constexpr word results[] = {{"SUCCESSFUL", "success"}, {"FAILED", "failure"}, {"STOPPED", "cancelled"}};
constexpr word environment_types[] = {{"Test", "test"}, {"Staging", "staging"}, {"Production", "production"}};

event::text name_in(object const& from, std::string_view member)
{
    auto const found = object_member(from, member);
    return found ? filled_member(*found, "name") : std::nullopt;
}

// The service writes another name than its documentation.
std::optional<micros> time_in(object const& from, std::string_view name, std::string_view documented)
{
    auto const found = time_member(from, name);
    return found ? found : time_member(from, documented);
}

std::optional<event::deployment_environment> read_environment(object const& from, arena& memory)
{
    auto const is = object_member(from, "environment");
    if (!is)
        return std::nullopt;
    return event::deployment_environment{uuid_member(*is, "uuid", memory), filled_member(*is, "name"),
                                         translate_some(environment_types, name_in(*is, "environment_type"))};
}

void read_state(event::deployment& into, object const& from)
{
    into.source_state = filled_member(from, "name").value_or(std::string_view());
    into.state = translate(states, into.source_state);
    into.started_at = time_in(from, "started_on", "start_date");
    into.url = filled_member(from, "url");
    if (into.state != "finished")
        return;
    into.result = translate_some(results, name_in(from, "status"));
    into.finished_at = time_in(from, "completed_on", "completion_date");
}

// What it brings, where it does not say itself which commit that is.
void read_release(event::deployment& into, object const& from, arena& memory)
{
    into.release = filled_member(from, "name");
    if (!into.url)
        into.url = filled_member(from, "url");
    if (auto const commit = object_member(from, "commit"); commit && !into.commit.sha)
        into.commit = hash_member(*commit, "hash", memory);
}

// What nobody knows goes on, if it has begun: it has not ended.
deployment_stage stage_of(event::deployment const& of)
{
    if (of.state == "finished")
        return deployment_stage::ended;
    return of.source_state == begun || of.started_at ? deployment_stage::running : deployment_stage::waiting;
}

}  // namespace

std::optional<observed_deployment> read_observed_deployment(object const& from, arena& memory)
{
    auto const id = uuid_member(from, "uuid", memory);
    if (!id || id->size() > id_bytes_max)
        return std::nullopt;
    observed_deployment seen;
    auto& is = seen.is;
    is.deployment_id = *id;
    is.environment = read_environment(from, memory);
    if (auto const commit = object_member(from, "commit"))
        is.commit = hash_member(*commit, "hash", memory);
    if (auto const state = object_member(from, "state"))
        read_state(is, *state);
    if (auto const release = object_member(from, "release"))
        read_release(is, *release, memory);
    seen.stage = stage_of(is);
    seen.changed = time_member(from, "last_update_time");
    if (!seen.changed)
        seen.changed = is.finished_at ? is.finished_at : is.started_at;
    return seen;
}

event::deployment as_it_began(event::deployment of)
{
    of.state = translate(states, begun);
    of.source_state = begun;
    of.result = {};
    of.finished_at = {};
    return of;
}

}  // namespace bbstream::normalize::cloud
