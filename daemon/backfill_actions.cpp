#include "daemon/backfill_actions.hpp"

#include "base/time.hpp"
#include "daemon/action_words.hpp"
#include "event/json_object.hpp"
#include "observe/log.hpp"
#include "rest/target.hpp"

#include <string>

namespace bbstream::daemon {

namespace {

std::optional<std::string_view> filled(std::string_view text)
{
    return text.empty() ? std::nullopt : std::optional(text);
}

std::string begun_json(backfill::run_begun const& begun)
{
    return event::object_of([&](event::json_writer& to) {
        to.number<"run">(begun.id);
        to.name<"forecasts">();
        to.begin_array();
        for (auto const& each : begun.forecasts) {
            to.element();
            to.begin_object();
            to.text<"instance">(each.instance);
            to.number<"repositories">(each.repositories);
            to.number<"requests">(each.requests);
            to.number<"most">(each.most);
            to.number<"perHour">(each.per_hour);
            to.boolean<"measured">(each.measured);
            to.text<"refused">(filled(each.refused));
            to.end_object();
        }
        to.end_array();
    });
}

std::string progress_json(backfill::run_progress const& told)
{
    return event::object_of([&](event::json_writer& to) {
        to.number<"run">(told.id);
        to.number<"repositories">(told.repositories);
        to.number<"left">(told.left);
        to.number<"failed">(told.failed);
        to.number<"commits">(told.commits);
        to.name<"failures">();
        to.begin_array();
        for (auto const& each : told.failures) {
            to.element();
            to.begin_object();
            to.text<"instance">(each.instance);
            to.text<"repository">(filled(each.repository));
            to.number<"repositories">(each.repositories);
            to.text<"why">(each.why);
            to.end_object();
        }
        to.end_array();
    });
}

}  // namespace

admin_answer begin_backfill(backfill::polling& with, std::string_view target)
{
    auto const instance = value_of(target, "instance");
    auto const repository = value_of(target, "repository");
    auto const since = value_of(target, "since");
    if (!instance || !repository || !since)
        return refused(400, "the query can't be decoded");
    auto const from = since->empty() ? std::optional<micros>(0) : parse_timestamp(*since);
    if (!from)
        return refused(400, "since is no time");
    auto const begun = with.begin_run({*instance, *repository, rest::parameter(target, "dry_run") == "true", *from});
    if (!begun)
        return refused(begun.error());
    if (begun->id != 0)
        observe::info("repositories are looked at because it was asked for",
                      {{"run", begun->id}, {"instance", *instance}, {"repository", *repository}, {"since", *since}});
    return {200, begun_json(*begun)};
}

admin_answer backfill_progress(backfill::polling const& with, std::string_view target)
{
    auto const run = rest::parameter(target, "run").value_or(std::string_view());
    auto const told = with.progress(number_of(run));
    if (!told)
        return refused(404,
                       "the daemon does not know run " + std::string(run) + ": it has started anew, or forgotten it");
    return {200, progress_json(*told)};
}

}  // namespace bbstream::daemon
