#include "journal/inspect.hpp"

#include "journal/log_reader.hpp"
#include "journal/recovery.hpp"
#include "journal/system_directory.hpp"

namespace bbstream::journal {

namespace {

// A running journal may remove or recycle a segment between the look at the directory and that at the file.
constexpr int attempts_beside_a_writer = 5;

result<recovered_log> recover_beside_a_writer(directory& in)
{
    for (int attempt = 1;; ++attempt) {
        auto const before = list_segments(in);
        if (!before)
            return before.error();
        if (before->empty())
            return failure{failure_kind::invalid, in.path() + " holds no journal"};
        auto recovered = recover(in, visitor::reader, 0);
        if (recovered && !recovered->segments.empty())
            return recovered;
        auto const now = list_segments(in);
        if (attempt == attempts_beside_a_writer || !now || *now == *before)
            return recovered;
    }
}

segment_report report_of(segment_state const& segment)
{
    segment_report report;
    report.name = segment_name(segment.header.number);
    report.first = segment.header.first_sequence;
    report.last = segment.next_sequence - 1;
    report.bytes = segment.capacity;
    report.end = segment.end;
    report.created = segment.header.created;
    report.last_received = segment.last_received;
    return report;
}

log_report make_log_report(std::vector<segment_state> segments)
{
    log_report report;
    for (auto const& segment : segments)
        report.segments.push_back(report_of(segment));
    log_view view(0);
    view.start(std::move(segments));
    report.status = view.status();
    return report;
}

}  // namespace

result<log_report> inspect(directory& in)
{
    auto recovered = recover_beside_a_writer(in);
    if (!recovered)
        return recovered.error();
    return make_log_report(std::move(recovered->segments));
}

result<log_report> inspect(std::string const& path)
{
    auto const in = system_directory::open(path, false);
    if (!in)
        return in.error();
    return inspect(**in);
}

result<std::unique_ptr<stored_log>> stored_log::open(std::unique_ptr<directory> in)
{
    std::unique_ptr<stored_log> log(new stored_log(std::move(in)));
    auto recovered = recover_beside_a_writer(*log->in_);
    if (!recovered)
        return recovered.error();
    log->view_.start(std::move(recovered->segments));
    return log;
}

result<std::unique_ptr<stored_log>> stored_log::open(std::string const& path)
{
    auto in = system_directory::open(path, false);
    if (!in)
        return in.error();
    return open(std::move(*in));
}

result<read_batch> stored_log::read_after(std::uint64_t after, std::size_t bytes_max)
{
    return bbstream::journal::read_after(*in_, view_, after, bytes_max);
}

}  // namespace bbstream::journal
