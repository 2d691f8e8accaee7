#include "daemon/command/backfill.hpp"

#include "config/load.hpp"
#include "daemon/admin.hpp"
#include "daemon/command/complain.hpp"
#include "daemon/command/held_signals.hpp"
#include "daemon/command/json_line.hpp"
#include "daemon/command/progress.hpp"
#include "daemon/command/running_daemon.hpp"
#include "daemon/command/table.hpp"
#include "rest/json.hpp"
#include "rest/target.hpp"
#include "rest/wait_text.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace bbstream::command {

namespace {

// Between two questions how far it has come.
constexpr std::chrono::milliseconds question_pause{250};

std::uint64_t number_in(rest::json const& value)
{
    return static_cast<std::uint64_t>(std::max<std::int64_t>(value.number().value_or(0), 0));
}

std::string text_in(rest::json const& value)
{
    return std::string(value.text().value_or(std::string_view()));
}

// The object that the daemon answers with; the document holds it.
result<rest::json> ask(config::config const& config, std::string_view target, rest::json_document& document)
{
    auto const answer = ask_daemon(config.admin, target);
    if (!answer)
        return answer.error();
    auto const object = document.parse(*answer);
    if (!object)
        return failure{failure_kind::invalid, "the running daemon: its answer can't be understood"};
    return object;
}

result<void> check_that_it_can(config::config const& config, std::string const& instance)
{
    auto const is_meant = [&](config::instance const& each) { return each.name == instance; };
    if (!instance.empty() && std::ranges::none_of(config.instances, is_meant))
        return failure{failure_kind::invalid, "instance " + instance + " is not configured"};
    auto const runs = daemon_runs(config.journal.path);
    if (!runs)
        return runs.error();
    if (!*runs)
        return failure{failure_kind::unavailable,
                       "no daemon runs with this configuration, and one must: bbstream serve"};
    return {};
}

result<rest::json> begin(config::config const& config, backfill_options const& options, rest::json_document& document)
{
    rest::target target{std::string(daemon::begin_backfill_path)};
    if (!options.instance.empty())
        target.query("instance", options.instance);
    if (!options.repository.empty())
        target.query("repository", options.repository);
    if (options.since) {
        std::string since;
        append_rfc3339(since, *options.since);
        target.query("since", since);
    }
    if (options.dry_run)
        target.query("dry_run", "true");
    return ask(config, target.text(), document);
}

std::string time_text(std::uint64_t requests, std::uint64_t hourly)
{
    return rest::wait_text(std::chrono::milliseconds(requests * 3'600'000 / hourly));
}

std::string refused_text(rest::json const& of)
{
    auto const why = of["refused"].text();
    return why ? harmless(text_in(of["instance"]) + ": refused just now: " + std::string(*why)) + '\n' : std::string();
}

// "cloud: 1,200 repositories, about 6,100 requests, 6 h 6 min at 1,000/h; 9,600 if all have changed, 9 h 36 min"
std::string forecast_text(rest::json const& of)
{
    auto const requests = number_in(of["requests"]);
    auto const most = number_in(of["most"]);
    auto const hourly = std::max<std::uint64_t>(number_in(of["perHour"]), 1);
    return harmless(text_in(of["instance"])) + ": " + count_text(number_in(of["repositories"])) +
           " repositories, about " + count_text(requests) + " requests, " + time_text(requests, hourly) + " at " +
           count_text(hourly) + "/h; " + count_text(most) + " if all have changed, " + time_text(most, hourly) +
           (of["measured"].boolean().value_or(false) ? "" : " (estimated)") + '\n' + refused_text(of);
}

std::string forecasts_json(rest::json const& begun)
{
    return json_line([&](event::json_writer& to) {
        to.boolean<"dryRun">(true);
        to.name<"forecasts">();
        to.begin_array();
        for (auto const& each : begun["forecasts"].elements()) {
            to.element();
            to.begin_object();
            to.text<"instance">(each["instance"].text());
            to.number<"repositories">(number_in(each["repositories"]));
            to.number<"requests">(number_in(each["requests"]));
            to.number<"requestsIfAllChanged">(number_in(each["most"]));
            to.number<"perHour">(number_in(each["perHour"]));
            to.boolean<"measured">(each["measured"].boolean());
            to.text<"refused">(each["refused"].text());
            to.end_object();
        }
        to.end_array();
    });
}

int tell_forecasts(rest::json const& begun, bool as_json)
{
    if (as_json)
        return print(forecasts_json(begun));
    std::string text;
    for (auto const& each : begun["forecasts"].elements())
        text += forecast_text(each);
    return print(text);
}

std::string outcome_json(rest::json const& told, bool older)
{
    return json_line([&](event::json_writer& to) {
        to.boolean<"dryRun">(false);
        to.number<"run">(number_in(told["run"]));
        to.number<"repositories">(number_in(told["repositories"]));
        to.number<"failed">(number_in(told["failed"]));
        if (older)
            to.number<"commits">(number_in(told["commits"]));
        to.name<"failures">();
        to.begin_array();
        for (auto const& each : told["failures"].elements()) {
            to.element();
            to.begin_object();
            to.text<"instance">(each["instance"].text());
            to.text<"repository">(each["repository"].text());
            to.number<"repositories">(number_in(each["repositories"]));
            to.text<"why">(each["why"].text());
            to.end_object();
        }
        to.end_array();
    });
}

// Of one repository, or of all that were left of an instance.
std::string failure_text(rest::json const& of)
{
    auto const name = of["repository"].text();
    auto const which = name ? std::string(*name) : count_text(number_in(of["repositories"])) + " repositories";
    return "failed  " + harmless(text_in(of["instance"]) + "  " + which + "  " + text_in(of["why"])) + '\n';
}

std::string outcome_text(rest::json const& told, bool older)
{
    auto const failed = number_in(told["failed"]);
    std::uint64_t named = 0;
    std::string text;
    for (auto const& each : told["failures"].elements()) {
        named += number_in(each["repositories"]);
        text += failure_text(each);
    }
    if (failed > named)
        text += "failed  " + count_text(failed - named) + " more\n";
    text += "looked at " + count_text(number_in(told["repositories"]) - failed) + " of " +
            count_text(number_in(told["repositories"])) + " repositories" +
            (older ? ", told " + count_text(number_in(told["commits"])) + " older commits\n" : "\n");
    return text;
}

int tell_outcome(rest::json const& told, backfill_options const& options)
{
    bool const older = options.since.has_value();
    auto const printed = print(options.json ? outcome_json(told, older) : outcome_text(told, older));
    return number_in(told["failed"]) == 0 ? printed : failed;
}

// Until nothing is left.
result<rest::json> watch(config::config const& config, rest::json const& begun, held_signals const& signals,
                         rest::json_document& document)
{
    auto const run = std::to_string(number_in(begun["run"]));
    std::uint64_t repositories = 0;
    for (auto const& each : begun["forecasts"].elements())
        repositories += number_in(each["repositories"]);
    auto const target = rest::target(std::string(daemon::backfill_progress_path)).query("run", run).text();
    progress shown("repository", repositories);
    for (;;) {
        auto const told = ask(config, target, document);
        if (!told || number_in((*told)["left"]) == 0)
            return told;
        if (signals.pending())
            return failure{failure_kind::unavailable, "interrupted: the daemon goes on with run " + run};
        shown.at(repositories - std::min(repositories, number_in((*told)["left"])));
        std::this_thread::sleep_for(question_pause);
    }
}

}  // namespace

int run_backfill(backfill_options const& options)
{
    auto const config = config::load(options.config_path);
    if (!config)
        return complain(config.error().message);
    if (auto const can = check_that_it_can(*config, options.instance); !can)
        return complain(can.error().message);
    held_signals const signals;
    rest::json_document first;
    auto const begun = begin(*config, options, first);
    if (!begun)
        return complain(begun.error().message);
    if (options.dry_run)
        return tell_forecasts(*begun, options.json);
    rest::json_document last;
    auto const told = watch(*config, *begun, signals, last);
    if (!told)
        return complain(told.error().message);
    return tell_outcome(*told, options);
}

}  // namespace bbstream::command
