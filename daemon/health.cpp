#include "daemon/health.hpp"

#include "event/json_writer.hpp"

namespace bbstream::daemon {

namespace {

std::uint64_t lag(journal::journal_status const& journal, flow::publish_status const& publishing)
{
    return journal.last - std::min(publishing.committed, journal.last);
}

std::uint64_t whole_seconds(std::chrono::milliseconds time)
{
    return static_cast<std::uint64_t>(std::chrono::ceil<std::chrono::seconds>(time).count());
}

void write_polling(event::json_writer& to, backfill::polling const& polling)
{
    to.name<"polling">();
    to.begin_array();
    for (auto const* each : polling.stretched()) {
        auto const now = each->latest();
        to.element();
        to.begin_object();
        to.text<"instance">(now.instance);
        to.number<"overdueSeconds">(whole_seconds(now.overdue));
        to.number<"cycleSeconds">(whole_seconds(now.cycle));
        to.text<"said">(each->text());
        to.end_object();
    }
    to.end_array();
}

}  // namespace

health::health(observe::metrics& to)
    : metrics_(to),
      journal_records_(to.make_gauge("bbstream_journal_depth_records", "Records that the journal holds")),
      journal_released_(to.make_gauge("bbstream_journal_released_sequence",
                                      "Records through here may leave the journal once retention allows")),
      journal_bytes_(to.make_gauge("bbstream_journal_bytes", "Bytes of the journal on disk")),
      journal_segments_(to.make_gauge("bbstream_journal_segments", "Segments of the journal")),
      journal_writable_(to.make_gauge("bbstream_journal_writable", "1 while the journal takes writes")),
      sink_up_(to.make_gauge("bbstream_sink_up", "1 while the sink works")),
      lag_records_(to.make_gauge("bbstream_publish_lag_records", "Records that are durable but not yet published"))
{
}

admin_answer health::livez(daemon_view const& of) const
{
    bool const reactors = of.server.turning();
    bool const journal = of.journal.status().turning;
    admin_answer answer{reactors && journal ? 200u : 503u, {}};
    event::json_writer to(answer.json);
    to.begin_object();
    to.text<"status">(answer.status == 200 ? "alive" : "stuck");
    to.boolean<"reactors">(reactors);
    to.boolean<"journal">(journal);
    to.end_object();
    return answer;
}

admin_answer health::readyz(daemon_view const& of) const
{
    auto const journal = of.journal.status();
    auto const publishing = of.publisher.status();
    admin_answer answer{journal.writable ? 200u : 503u, {}};
    event::json_writer to(answer.json);
    to.begin_object();
    to.text<"status">(answer.status == 200 ? "ready" : "the journal takes no writes");
    to.boolean<"journalWritable">(journal.writable);
    to.number<"journalLast">(journal.last);
    to.number<"published">(publishing.committed);
    to.number<"lag">(lag(journal, publishing));
    to.text<"sink">(publishing.trouble.empty() ? "up" : "down");
    if (!publishing.trouble.empty())
        to.text<"sinkError">(publishing.trouble);
    write_polling(to, of.polling);
    to.end_object();
    return answer;
}

std::string health::metrics_text(daemon_view const& of) const
{
    auto const journal = of.journal.status();
    auto const publishing = of.publisher.status();
    journal_records_.set(static_cast<double>(journal.last + 1 - journal.first));
    journal_released_.set(static_cast<double>(journal.released));
    journal_bytes_.set(static_cast<double>(journal.bytes));
    journal_segments_.set(static_cast<double>(journal.segments));
    journal_writable_.set(journal.writable ? 1 : 0);
    sink_up_.set(publishing.trouble.empty() ? 1 : 0);
    lag_records_.set(static_cast<double>(lag(journal, publishing)));
    return metrics_.text();
}

}  // namespace bbstream::daemon
