#include "daemon/command/gaps.hpp"

#include "config/load.hpp"
#include "daemon/command/complain.hpp"
#include "daemon/command/progress.hpp"
#include "daemon/command/retained.hpp"
#include "daemon/command/table.hpp"
#include "daemon/command/terminal.hpp"
#include "daemon/sinks.hpp"
#include "event/json_writer.hpp"
#include "flow/gap_log.hpp"
#include "flow/refold.hpp"
#include "normalize/state_key.hpp"

#include <chrono>
#include <utility>

namespace bbstream::command {

namespace {

constexpr std::size_t hash_digits_shown = 12;

struct gaps_report {
    flow::audit_plan plan;
    flow::gap_log log;
};

result<gaps_report> gather(config::config const& config, micros since)
{
    auto past = open_retained(config, {});
    if (!past)
        return past.error();
    auto const last = past->status.last;  // whatever the sink has of it
    flow::gap_log log(since);
    log.begin(*past->state);
    flow::refold from(*past->log, *past->state, daemon::encoding_for(config), past->plan.fold_after, last,
                      [&](event::event const& each) {
                          log.take(each);
                          return false;
                      });
    progress shown("record", last);
    event::batch none;
    for (;;) {
        shown.at(from.applied());
        auto const more = from.next(none);
        if (!more)
            return more.error();
        if (!*more)
            return gaps_report{std::move(past->plan), std::move(log)};
    }
}

std::string time_text(micros at)
{
    std::string text;
    append_rfc3339(text, at);
    return text;
}

std::optional<std::string_view> filled(std::string const& text)
{
    return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

void append_json(std::string& out, flow::logged_gap const& gap)
{
    std::string id;
    if (gap.id != state::key())
        event::append_uuid(id, normalize::uuid_of(gap.id));
    auto const seen = time_text(gap.seen);
    auto const ended = gap.end == flow::gap_end::open ? std::string() : time_text(gap.ended);
    event::json_writer to(out);
    to.begin_object();
    to.text<"id">(filled(id));
    to.text<"instance">(gap.instance);
    to.text<"repository">(gap.repository);
    to.text<"ref">(filled(gap.ref));
    to.text<"reason">(gap.reason);
    to.text<"knownSha">(filled(gap.known));
    to.text<"oldSha">(filled(gap.before));
    to.text<"newSha">(filled(gap.after));
    to.text<"seen">(seen);
    to.text<"state">(flow::gap_end_name(gap.end));
    to.text<"ended">(filled(ended));
    to.number<"found">(gap.found);
    to.number<"missing">(gap.missing);
    to.end_object();
    out += '\n';
}

std::string range_text(flow::logged_gap const& gap)
{
    auto const side = [](std::string const& hash) { return hash.empty() ? "-" : hash.substr(0, hash_digits_shown); };
    return gap.ref.empty() ? "" : side(gap.before) + ".." + side(gap.after);
}

std::string table_text(gaps_report const& report, std::vector<flow::logged_gap const*> const& shown)
{
    table rows({{"seen"},
                {"instance"},
                {"repository"},
                {"ref"},
                {"change"},
                {"reason"},
                {"state"},
                {"found", table::right},
                {"missing", table::right}});
    for (auto const* gap : shown)
        rows.add({time_text(gap->seen).substr(0, 19) + "Z", harmless(gap->instance), harmless(gap->repository),
                  harmless(gap->ref), range_text(*gap), harmless(gap->reason),
                  std::string(flow::gap_end_name(gap->end)), count_text(gap->found), count_text(gap->missing)});
    std::string text = shown.empty() ? "No gaps.\n" : rows.text();
    for (auto const& each : report.plan.notes)
        text += "note  " + each + '\n';
    if (report.log.left_out() != 0)
        text += "note  " + count_text(report.log.left_out()) + " more are not shown\n";
    return text;
}

}  // namespace

int run_gaps(gaps_options const& options)
{
    auto const config = config::load(options.config_path);
    if (!config)
        return complain(config.error().message);
    auto const report = gather(*config, options.since.value_or(0));
    if (!report)
        return complain(report.error().message);
    std::vector<flow::logged_gap const*> shown;
    for (auto const& each : report->log.gaps())
        if (!options.open || each.end == flow::gap_end::open)
            shown.push_back(&each);
    if (!options.json)
        return print(table_text(*report, shown));
    std::string lines;
    for (auto const* each : shown)
        append_json(lines, *each);
    return print(lines);
}

}  // namespace bbstream::command
