#include "daemon/command/replay.hpp"

#include "config/load.hpp"
#include "daemon/command/complain.hpp"
#include "daemon/command/held_signals.hpp"
#include "daemon/command/json_line.hpp"
#include "daemon/command/progress.hpp"
#include "daemon/command/retained.hpp"
#include "daemon/command/table.hpp"
#include "daemon/sinks.hpp"
#include "event/types.hpp"
#include "flow/refold.hpp"

#include <utility>

namespace bbstream::command {

namespace {

struct replay_report {
    flow::audit_plan plan;
    flow::replay_selection selected;
    std::string place;  // empty: nothing was brought out
};

failure cut_short(failure why, flow::audit_plan const& plan, std::uint64_t next)
{
    if (next > plan.first)
        why.message +=
            "; the records before " + std::to_string(next) + " are done: --from " + std::to_string(next) + " goes on";
    return why;
}

// It ends between two pieces when it is told to: an open transaction would keep the topics' readers waiting.
result<void> put_all(flow::refold& from, sink::replayer* to, event::encoding const& how, flow::audit_plan const& plan,
                     held_signals const& signals)
{
    progress shown("record", plan.last);
    event::batch events;
    for (;;) {
        auto const next = from.applied() + 1;
        if (signals.pending())
            return cut_short({failure_kind::unavailable, "interrupted"}, plan, next);
        shown.at(from.applied());
        auto const more = from.next(events);
        if (!more)
            return cut_short(more.error(), plan, next);
        if (!*more)
            return {};
        if (to && !events.empty())
            if (auto const put = flow::put_or_bury(*to, events, how); !put)
                return cut_short(put.error(), plan, next);
    }
}

result<replay_report> replay(config::config const& config, replay_options const& options, held_signals const& signals)
{
    auto past = open_retained(config, {options.wish.from, options.wish.to});
    if (!past)
        return past.error();
    auto const& plan = past->plan;
    auto const to = options.dry_run ? nullptr : daemon::make_replayer(config, now_micros());
    if (to)
        if (auto const opened = to->open(); !opened)
            return opened.error();
    flow::replay_selection selected(plan, options.wish);
    auto how = daemon::encoding_for(config);
    how.epoch = plan.epoch;
    how.journal = past->status.identity;
    how.origin = journal::origin::replay;
    flow::refold from(*past->log, *past->state, how, plan.fold_after, plan.last,
                      [&](event::event const& each) { return selected.take(each); });
    if (auto const put = put_all(from, to.get(), how, plan, signals); !put)
        return put.error();
    return replay_report{plan, std::move(selected), to ? to->place() : std::string()};
}

template <class Use>
void each_type(flow::replay_selection const& selected, Use use)
{
    for (std::size_t at = 0; at < event::type_count_all; ++at) {
        auto const which = static_cast<event::type>(at);
        auto const count = selected.count(which);
        if (count != 0)
            use(which == event::type::dead_letter ? "dead letter" : event::type_of(which).name, count);
    }
}

std::string report_json(replay_report const& report)
{
    return json_line([&](event::json_writer& to) {
        to.boolean<"dryRun">(report.place.empty());
        to.number<"epoch">(report.plan.epoch);
        to.number<"events">(report.selected.count());
        to.number<"first">(report.selected.first());
        to.number<"last">(report.selected.last());
        to.name<"types">();
        to.begin_object();
        each_type(report.selected, [&](std::string_view name, std::uint64_t count) {
            to.name(name);
            to.number_value(count);
        });
        to.end_object();
        event::write_or_null<"place">(to, report.place);
        to.boolean<"skips">(report.plan.skips);
        event::write_list<"notes">(to, report.plan.notes);
    });
}

std::string report_text(replay_report const& report)
{
    auto const& selected = report.selected;
    std::string text = report.place.empty() ? "would replay  " : "replayed  ";
    text += count_text(selected.count()) + " events";
    if (selected.count() != 0)
        text += " of records " + std::to_string(selected.first()) + " to " + std::to_string(selected.last());
    text += ", epoch " + std::to_string(report.plan.epoch);
    text += report.place.empty() ? "\n" : ", to " + report.place + "\n";
    for (auto const& each : report.plan.notes)
        text += "note  " + each + '\n';
    if (selected.count() == 0)
        return text;
    table rows({{"type"}, {"events", table::right}});
    each_type(selected, [&](std::string_view name, std::uint64_t count) {
        rows.add({std::string(name), count_text(count)});
    });
    return text + '\n' + rows.text();
}

}  // namespace

int run_replay(replay_options const& options)
{
    auto const config = config::load(options.config_path);
    if (!config)
        return complain(config.error().message);
    held_signals const signals;
    auto const report = replay(*config, options, signals);
    if (!report)
        return complain(report.error().message);
    auto const printed = print(options.json ? report_json(*report) : report_text(*report));
    return report->plan.skips ? failed : printed;
}

}  // namespace bbstream::command
