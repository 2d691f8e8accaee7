#include "daemon/command/audit.hpp"

#include "config/load.hpp"
#include "daemon/command/complain.hpp"
#include "daemon/command/json_line.hpp"
#include "daemon/command/progress.hpp"
#include "daemon/command/retained.hpp"
#include "daemon/command/table.hpp"
#include "daemon/command/terminal.hpp"
#include "daemon/sinks.hpp"
#include "flow/audit.hpp"
#include "flow/refold.hpp"

#include <algorithm>

namespace bbstream::command {

namespace {

using flow::fault_kind;

constexpr std::size_t shown_faults_max = 20;  // to a person

// The settings under which events were published are recorded nowhere.
void note_how_compared(flow::audit_report& report)
{
    if (report.compared.count(fault_kind::different) != 0)
        report.plan.notes.emplace_back(
            "expected is what this program publishes with the configuration of now: events of before a change of "
            "[privacy] or kafka.content_mode, or by another version, may be different and yet right");
}

result<flow::audit_report> audit(config::config const& config, audit_options const& options)
{
    auto past = open_retained(config, {options.from, options.to});
    if (!past)
        return past.error();
    auto const& plan = past->plan;
    auto how = daemon::encoding_for(config);
    how.epoch = plan.epoch;
    how.journal = past->status.identity;
    flow::refold expected(*past->log, *past->state, how, plan.fold_after, plan.last);
    progress shown("record", plan.last);
    auto const next = [&](event::batch& events) {
        shown.at(expected.applied());
        return expected.next(events);
    };
    auto report = flow::run_audit(plan, next, *past->sink);
    if (report)
        note_how_compared(*report);
    return report;
}

void write_faults(event::json_writer& to, std::vector<flow::fault> const& faults)
{
    to.name<"faults">();
    to.begin_array();
    for (auto const& each : faults) {
        to.element();
        to.begin_object();
        to.text<"kind">(flow::fault_name(each.kind));
        to.text<"sequence">(each.sequence);
        to.text<"id">(each.id);
        to.text<"where">(each.where);
        to.end_object();
    }
    to.end_array();
}

std::string report_json(flow::audit_report const& report)
{
    auto const& compared = report.compared;
    return json_line([&](event::json_writer& to) {
        to.boolean<"failed">(report.failed());
        to.number<"epoch">(report.plan.epoch);
        to.number<"first">(report.plan.first);
        to.number<"last">(report.plan.last);
        to.boolean<"skips">(report.plan.skips);
        to.boolean<"gave_up">(report.gave_up);
        to.number<"compared">(compared.compared());
        to.number<"dead_lettered">(compared.dead_lettered());
        to.number<"replayed">(report.replayed);
        to.number<"of_earlier_epochs">(report.of_earlier_epochs);
        to.number<"out_of_reach">(report.out_of_reach);
        to.number<"missing">(compared.count(fault_kind::missing));
        to.number<"doubled">(compared.count(fault_kind::doubled));
        to.number<"out_of_order">(compared.count(fault_kind::out_of_order));
        to.number<"foreign">(compared.count(fault_kind::foreign));
        to.number<"different">(compared.count(fault_kind::different));
        write_faults(to, compared.faults());
        event::write_list<"notes">(to, report.plan.notes);
    });
}

std::string faults_text(std::vector<flow::fault> const& faults)
{
    table rows({{"fault"}, {"sequence"}, {"id"}, {"where"}});
    for (std::size_t at = 0; at < std::min(faults.size(), shown_faults_max); ++at)
        rows.add({std::string(flow::fault_name(faults[at].kind)), harmless(faults[at].sequence),
                  harmless(faults[at].id), harmless(faults[at].where)});
    return rows.text();
}

std::string verdict_text(flow::audit_report const& report)
{
    if (!report.compared.any_fault())
        return report.failed() ? "Nothing could be compared.\n" : "Nothing is wrong.\n";
    std::string text = "Wrong:";
    for (std::size_t at = 0; at < flow::fault_kind_count; ++at)
        if (auto const count = report.compared.count(static_cast<fault_kind>(at)); count != 0)
            text += (text.back() == ':' ? " " : ", ") + count_text(count) + ' ' +
                    std::string(flow::fault_name(static_cast<fault_kind>(at)));
    return text + (report.gave_up ? "; the rest was not looked at.\n" : ".\n");
}

std::string report_text(flow::audit_report const& report)
{
    auto const& plan = report.plan;
    auto const& compared = report.compared;
    std::string text = "compared   " + count_text(compared.compared()) + " events of ";
    text += plan.first > plan.last ? "no record"
                                   : "records " + std::to_string(plan.first) + " to " + std::to_string(plan.last);
    text += ", epoch " + std::to_string(plan.epoch) + '\n';
    if (compared.dead_lettered() != 0)
        text += "refused    " + count_text(compared.dead_lettered()) + " have a dead letter in their place\n";
    if (report.replayed != 0)
        text += "left out   " + count_text(report.replayed) + " replayed\n";
    if (report.of_earlier_epochs != 0)
        text += "left out   " + count_text(report.of_earlier_epochs) + " of earlier epochs\n";
    if (report.out_of_reach != 0)
        text += "left out   " + count_text(report.out_of_reach) + " older than what the sink still has\n";
    for (auto const& each : plan.notes)
        text += "note       " + each + '\n';
    if (!compared.faults().empty())
        text += '\n' + faults_text(compared.faults()) + '\n';
    return text + verdict_text(report);
}

}  // namespace

int run_audit(audit_options const& options)
{
    auto const config = config::load(options.config_path);
    if (!config)
        return complain(config.error().message);
    auto const report = audit(*config, options);
    if (!report)
        return complain(report.error().message);
    auto const printed = print(options.json ? report_json(*report) : report_text(*report));
    return report->failed() ? failed : printed;
}

}  // namespace bbstream::command
