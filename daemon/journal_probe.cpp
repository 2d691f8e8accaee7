#include "daemon/journal_probe.hpp"

namespace bbstream::daemon {

namespace {

constexpr auto refused_name = "bbstream_journal_refused_total";
constexpr auto refused_help = "Records that the journal could not take, answered 503";

}  // namespace

journal_probe::journal_probe(observe::metrics& to)
    : fsync_seconds_(
          to.make_histogram("bbstream_journal_fsync_seconds", "Time that one durable write takes",
                            {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1})),
      batch_records_(to.make_histogram("bbstream_journal_batch_records", "Records of one durable write",
                                       {1, 2, 4, 8, 16, 32, 64, 128, 256})),
      written_bytes_(to.make_counter("bbstream_journal_written_bytes_total", "Bytes of durable writes")),
      overloaded_(to.make_counter(refused_name, refused_help, {{"reason", "overloaded"}})),
      refused_(to.make_counter(refused_name, refused_help, {{"reason", "disk"}}))
{
}

void journal_probe::written(double seconds, std::size_t records, std::size_t bytes) const
{
    fsync_seconds_.observe(seconds);
    batch_records_.observe(static_cast<double>(records));
    written_bytes_.add(static_cast<double>(bytes));
}

void journal_probe::turned_away(journal::append_status why, std::size_t requests) const
{
    if (why == journal::append_status::overloaded)
        overloaded_.add(static_cast<double>(requests));
    else if (why == journal::append_status::refused)
        refused_.add(static_cast<double>(requests));
}

}  // namespace bbstream::daemon
