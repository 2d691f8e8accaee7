#include "backfill/recorder.hpp"

namespace bbstream::backfill {

namespace {

constexpr std::chrono::milliseconds refused_pause{1'000};

}  // namespace

recorder::recorder(net::executor on, journal::journal& to, config::instance const& of, sleeper& until_stop,
                   observe::metrics& metrics)
    : journal_(to),
      instance_(of),
      until_stop_(until_stop),
      bridge_(on, to),
      records_(metrics.make_counter("bbstream_backfill_records_total", "Answers of REST that were journaled",
                                    {{"instance", of.name}}))
{
}

net::task<std::optional<std::uint64_t>> recorder::append(answer_record what)
{
    std::string headers("x-event-key:");
    headers.append(what.key).append("\n");
    for (;;) {
        journal::record record;
        record.received = now_micros();
        record.product = instance_.platform;
        record.origin = what.origin;
        record.instance = instance_.name;
        record.headers = headers;
        record.meta = what.meta;
        record.body = what.body;
        auto const ended = co_await bridge_.append(record);
        if (ended.status == journal::append_status::durable) {
            records_.add();
            co_return ended.sequence;
        }
        if (ended.status == journal::append_status::closed)
            co_return std::nullopt;
        if (bool const goes_on = co_await until_stop_.sleep(refused_pause); !goes_on)
            co_return std::nullopt;
    }
}

}  // namespace bbstream::backfill
