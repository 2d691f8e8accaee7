#include "backfill/deployment_targets.hpp"

#include "rest/target.hpp"

namespace bbstream::backfill {

namespace {

constexpr std::uint32_t page_length = 100;
// Of a list that is longer than a page, for each of its pages: what is read does not grow with what was deployed once.
constexpr state::seconds page_rest = 60;

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
        .query("pagelen", std::to_string(page_length))
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
std::optional<state::seconds> walk_due(normalize::deployments_view const& known)
{
    if (known.pages.pages > 0)
        return 0;
    if (!known.possible || (known.baseline && !known.stale))
        return std::nullopt;
    return known.walked + known.length / page_length * page_rest;
}

}  // namespace bbstream::backfill
