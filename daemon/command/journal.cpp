#include "daemon/command/journal.hpp"

#include "base/hex.hpp"
#include "config/load.hpp"
#include "daemon/command/complain.hpp"
#include "daemon/command/table.hpp"
#include "event/json_writer.hpp"
#include "journal/inspect.hpp"

namespace bbstream::command {

namespace {

using event::json_writer;

std::string time_text(micros at)
{
    if (at == 0)
        return "-";
    std::string text;
    append_rfc3339(text, at);
    return text.substr(0, 10) + ' ' + text.substr(11, 8);
}

std::uint64_t record_count(journal::segment_report const& of)
{
    return of.last + 1 - of.first;
}

std::uint64_t record_count(journal::journal_status const& of)
{
    return of.last + 1 - of.first;
}

std::string sequences_text(std::uint64_t first, std::uint64_t last)
{
    return first > last ? "none" : std::to_string(first) + " to " + std::to_string(last);
}

void write_segments(json_writer& to, std::vector<journal::segment_report> const& segments)
{
    to.name<"segment_list">();
    to.begin_array();
    for (auto const& each : segments) {
        to.element();
        to.begin_object();
        to.text<"name">(each.name);
        to.number<"first">(each.first);
        to.number<"last">(each.last);
        to.number<"bytes">(each.bytes);
        to.number<"end">(each.end);
        to.time<"created">(each.created);
        to.time<"last_received">(each.last_received != 0 ? std::optional(each.last_received) : std::nullopt);
        to.end_object();
    }
    to.end_array();
}

std::string segments_text(std::vector<journal::segment_report> const& segments)
{
    table rows(
        {{"segment"}, {"records", table::right}, {"sequences"}, {"size", table::right}, {"last received (UTC)"}});
    for (auto const& each : segments)
        rows.add({each.name, count_text(record_count(each)), sequences_text(each.first, each.last),
                  bytes_text(each.bytes), time_text(each.last_received)});
    return rows.text();
}

std::string status_json(std::string const& path, journal::log_report const& report)
{
    auto const& status = report.status;
    std::string json;
    json_writer to(json);
    to.begin_object();
    to.text<"path">(path);
    to.text<"identity">(to_hex(status.identity));
    to.number<"first">(status.first);
    to.number<"last">(status.last);
    to.number<"records">(record_count(status));
    to.number<"segments">(status.segments);
    to.number<"bytes">(status.bytes);
    write_segments(to, report.segments);
    to.end_object();
    return json + '\n';
}

std::string status_text(std::string const& path, journal::log_report const& report)
{
    auto const& status = report.status;
    std::string text;
    text += "journal    " + path + '\n';
    text += "identity   " + to_hex(status.identity) + '\n';
    text += "records    " + count_text(record_count(status));
    if (status.first <= status.last)
        text += " (sequences " + sequences_text(status.first, status.last) + ')';
    text += "\nsize       " + bytes_text(status.bytes) + " in " + count_text(status.segments) +
            (status.segments == 1 ? " segment\n\n" : " segments\n\n");
    return text + segments_text(report.segments);
}

std::string fsck_json(std::string const& path, journal::check_report const& report)
{
    std::string json;
    json_writer to(json);
    to.begin_object();
    to.text<"path">(path);
    to.boolean<"damaged">(report.damaged());
    to.number<"records">(report.records);
    to.number<"frames">(report.frames);
    to.number<"segments">(report.segments.size());
    to.name<"findings">();
    to.begin_array();
    for (auto const& each : report.findings) {
        to.element();
        to.begin_object();
        to.text<"kind">(each.what == journal::finding::kind::damage ? "damage" : "note");
        to.text<"segment">(each.segment);
        to.number<"offset">(each.offset);
        to.text<"text">(each.text);
        to.end_object();
    }
    to.end_array();
    write_segments(to, report.segments);
    to.end_object();
    return json + '\n';
}

std::string fsck_text(std::string const& path, journal::check_report const& report)
{
    std::string text = segments_text(report.segments) + '\n';
    for (auto const& each : report.findings)
        text += to_string(each) + '\n';
    auto const read = count_text(report.records) + " records in " + count_text(report.frames) + " frames";
    if (report.damaged())
        return text + path + " is damaged; " + read + " could be read.\n";
    return text + path + " is sound: " + read + ", every checksum right.\n";
}

// `look` gives the report of a directory, `show` what to print of it.
template <class Look, class Show>
int with_journal(journal_options const& options, Look look, Show show)
{
    auto const loaded = config::load(options.config_path);
    if (!loaded)
        return complain(loaded.error().message);
    auto const report = look(loaded->journal.path);
    if (report)
        return show(loaded->journal.path, *report);
    return complain(report.error().message);
}

}  // namespace

int run_journal_status(journal_options const& options)
{
    auto const look = [](std::string const& path) { return journal::inspect(path); };
    return with_journal(options, look, [&](std::string const& path, journal::log_report const& report) {
        return print(options.json ? status_json(path, report) : status_text(path, report));
    });
}

int run_journal_fsck(journal_options const& options)
{
    auto const look = [](std::string const& path) { return journal::check(path); };
    return with_journal(options, look, [&](std::string const& path, journal::check_report const& report) {
        auto const printed = print(options.json ? fsck_json(path, report) : fsck_text(path, report));
        return report.damaged() ? failed : printed;
    });
}

}  // namespace bbstream::command
