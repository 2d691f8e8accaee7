#include "journal/inspect.hpp"
#include "journal/recovery.hpp"
#include "journal/segment_scan.hpp"
#include "journal/system_directory.hpp"

#include <algorithm>
#include <optional>

// fsck: unlike a start, it does not stop at the first damage.
namespace bbstream::journal {

namespace {

struct examined {
    std::uint64_t number = 0;
    std::uint64_t size = 0;
    std::optional<segment_header> header;
    std::string problem;  // of the header
};

examined examine(directory& in, std::uint64_t number)
{
    examined one;
    one.number = number;
    auto const opened = in.open(segment_name(number), file_access::read);
    auto const size = opened ? (*opened)->size() : result<std::uint64_t>(opened.error());
    if (!size) {
        one.problem = size.error().message;
        return one;
    }
    one.size = *size / block_bytes * block_bytes;
    auto const header = read_segment_header(**opened);
    if (!header)
        one.problem = header.error().message;
    else if (header->number != number)
        one.problem = "its header is that of segment " + segment_name(header->number);
    else
        one.header = *header;
    return one;
}

std::string range(std::uint64_t first, std::uint64_t beyond)
{
    if (first >= beyond)
        return "no record is lost";
    if (first + 1 == beyond)
        return "record " + std::to_string(first) + " is lost";
    return "records " + std::to_string(first) + " to " + std::to_string(beyond - 1) + " are lost";
}

class checker {
   public:
    explicit checker(directory& in) : in_(in) {}

    void check_segment(examined const& one, examined const* previous, examined const* next)
    {
        report_ = {};
        report_.name = segment_name(one.number);
        report_.bytes = one.size;
        found_.clear();
        check_header(one, previous);
        if (one.header)
            check_frames(one, next);
        // Beside a running journal it may have been removed or recycled under the check.
        if (!found_.empty() && !in_.exists(report_.name))
            return;
        all_.segments.push_back(report_);
        std::move(found_.begin(), found_.end(), std::back_inserter(all_.findings));
    }

    check_report take() { return std::move(all_); }

   private:
    void add(finding::kind what, std::uint64_t offset, std::string text)
    {
        found_.push_back({what, report_.name, offset, std::move(text)});
    }

    void check_header(examined const& one, examined const* previous)
    {
        if (!one.header)
            add(finding::kind::damage, 0, one.problem);
        else if (previous != nullptr && previous->header) {
            if (auto problem = chain_problem(*previous->header, *one.header); !problem.empty())
                add(finding::kind::damage, 0, std::move(problem));
        } else if (previous != nullptr && previous->number + 1 != one.number)
            add(finding::kind::damage, 0, "segment " + segment_name(one.number - 1) + " before it is missing");
        if (one.header) {
            report_.first = one.header->first_sequence;
            report_.created = one.header->created;
            report_.last_received = one.header->previous_received;
        }
    }

    void check_frames(examined const& one, examined const* next)
    {
        bool const known = next != nullptr && next->header && next->number == one.number + 1;
        std::uint64_t const end = known ? next->header->previous_end : one.size;
        if (end > one.size)
            add(finding::kind::damage, one.size, "the file ends before its frames do");
        auto const opened = in_.open(report_.name, file_access::read);
        if (!opened)
            return add(finding::kind::damage, 0, opened.error().message);
        frame_place from{block_bytes, one.header->first_sequence};
        for (bool more = true; more;) {
            auto const scan = scan_segment(**opened, *one.header, from, std::min(end, one.size));
            if (!scan)
                return add(finding::kind::damage, from.offset, scan.error().message);
            count(*scan);
            more = scan->later_frame.has_value();
            if (more)
                from = *scan->later_frame;
            judge(*scan, known ? &*next->header : nullptr);
        }
    }

    void count(segment_scan const& scan)
    {
        all_.records += scan.records;
        all_.frames += scan.frames;
        report_.end = scan.end.offset;
        report_.last = scan.end.sequence - 1;
        if (scan.last_received != 0)
            report_.last_received = scan.last_received;
    }

    void judge(segment_scan const& scan, segment_header const* next)
    {
        std::string const why(scan.problem);
        auto const offset = scan.end.offset;
        if (scan.later_frame)
            add(finding::kind::damage, offset, why + "; " + range(scan.end.sequence, scan.later_frame->sequence));
        else if (next != nullptr && !why.empty())
            add(finding::kind::damage, offset, why + "; " + range(scan.end.sequence, next->first_sequence));
        else if (next != nullptr && scan.end.sequence != next->first_sequence)
            add(finding::kind::damage, offset,
                "the frames end before the successor's first sequence; " +
                    range(scan.end.sequence, next->first_sequence));
        else if (next == nullptr && scan.is_torn())
            add(finding::kind::note, offset, "a torn write (" + why + "): a start cuts it, it was never acknowledged");
    }

    directory& in_;
    segment_report report_;
    std::vector<finding> found_;
    check_report all_;
};

}  // namespace

bool check_report::damaged() const
{
    return std::any_of(findings.begin(), findings.end(),
                       [](finding const& each) { return each.what == finding::kind::damage; });
}

std::string to_string(finding const& one)
{
    return (one.what == finding::kind::damage ? "damage " : "note ") + one.segment + " at " +
           std::to_string(one.offset) + ": " + one.text;
}

result<check_report> check(directory& in)
{
    auto const numbers = list_segments(in);
    if (!numbers)
        return numbers.error();
    if (numbers->empty())
        return failure{failure_kind::invalid, in.path() + " holds no journal"};
    std::vector<examined> segments;
    for (auto const number : *numbers)
        segments.push_back(examine(in, number));
    checker checking(in);
    for (std::size_t i = 0; i < segments.size(); ++i)
        checking.check_segment(segments[i], i > 0 ? &segments[i - 1] : nullptr,
                               i + 1 < segments.size() ? &segments[i + 1] : nullptr);
    return checking.take();
}

result<check_report> check(std::string const& path)
{
    auto const in = system_directory::open(path, false);
    if (!in)
        return in.error();
    return check(**in);
}

}  // namespace bbstream::journal
