#include "backfill/deployment_targets.hpp"

#include "rest/target.hpp"

namespace bbstream::backfill {

namespace {

constexpr std::string_view page_length = "100";
// What ten requests read is read whenever pipelines have gone on, and what is longer now and then.
constexpr std::uint32_t short_list_max = 1'000;
constexpr state::seconds long_list_rest = 3600;

// Of each; an environment is not named unless it is asked for.
constexpr std::string_view members[] = {"uuid",
                                        "environment.uuid",
                                        "environment.name",
                                        "environment.environment_type.name",
                                        "state.name",
                                        "state.status.name",
                                        "state.url",
                                        "state.started_on",
                                        "state.start_date",
                                        "state.completed_on",
                                        "state.completion_date",
                                        "commit.hash",
                                        "release.name",
                                        "release.url",
                                        "release.commit.hash",
                                        "last_update_time"};

std::string fields(std::string_view before, std::string_view within)
{
    std::string all(before);
    for (auto const& each : members)
        all.append(all.empty() ? "" : ",").append(within).append(each);
    return all;
}

}  // namespace

std::string deployments_target(repository const& of)
{
    return rest::target(of.path + "/deployments/")
        .query("pagelen", page_length)
        .query("fields", fields("size,pagelen", "values."))
        .text();
}

std::string deployment_target(repository const& of, std::string_view id)
{
    return rest::target(of.path + "/deployments")
        .segment("{" + std::string(id) + "}")
        .query("fields", fields("", ""))
        .text();
}

// Without pipelines there is nothing that deploys.
bool is_walk_due(normalize::deployments_view const& known, state::seconds now)
{
    if (known.pages.pages > 0)
        return true;
    if (!known.possible || (known.baseline && !known.stale))
        return false;
    return known.length <= short_list_max || now >= known.walked + long_list_rest;
}

}  // namespace bbstream::backfill
