#include "journal/recovery.hpp"

#include "journal/segment_scan.hpp"

#include <algorithm>

namespace bbstream::journal {

result<std::vector<std::uint64_t>> list_segments(directory const& in)
{
    auto const names = in.list();
    if (!names)
        return names.error();
    std::vector<std::uint64_t> numbers;
    for (auto const& name : *names)
        if (auto const number = parse_segment_name(name))
            numbers.push_back(*number);
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

std::string chain_problem(segment_header const& previous, segment_header const& next)
{
    if (next.number != previous.number + 1)
        return "segment " + segment_name(previous.number + 1) + " before it is missing";
    if (next.identity != previous.identity)
        return "it belongs to another journal than its predecessor";
    if (next.first_sequence < previous.first_sequence)
        return "it begins with an earlier sequence than its predecessor";
    if (next.previous_end < block_bytes || next.previous_end % block_bytes != 0)
        return "its header has no valid end of its predecessor";
    return {};
}

namespace {

// The facts that the header and the file's size tell. Errors: io, corrupt.
result<segment_state> read_state(directory& in, std::uint64_t number)
{
    auto const opened = in.open(segment_name(number), file_access::read);
    if (!opened)
        return opened.error();
    auto const size = (*opened)->size();
    if (!size)
        return size.error();
    auto const header = read_segment_header(**opened);
    if (!header && header.error().kind == failure_kind::corrupt)
        return segment_damage(in, number, 0, header.error().message);
    if (!header)
        return header.error();
    if (header->number != number)
        return segment_damage(in, number, 0, "its header is that of segment " + segment_name(header->number));
    segment_state state;
    state.header = *header;
    state.capacity = *size / block_bytes * block_bytes;
    state.next_sequence = header->first_sequence;
    state.last_received = header->previous_received;
    return state;
}

result<void> link(directory const& in, segment_state& previous, segment_state const& next)
{
    if (auto const problem = chain_problem(previous.header, next.header); !problem.empty())
        return segment_damage(in, next.header.number, 0, problem);
    previous.end = next.header.previous_end;
    previous.next_sequence = next.header.first_sequence;
    previous.last_received = next.header.previous_received;
    if (previous.capacity < previous.end)
        return segment_damage(in, previous.header.number, previous.capacity, "the file ends before its frames do");
    return {};
}

result<void> verify(directory& in, segment_state& segment)
{
    auto const opened = in.open(segment_name(segment.header.number), file_access::read);
    if (!opened)
        return opened.error();
    auto scan = scan_segment(**opened, segment.header, segment.end);
    if (!scan)
        return scan.error();
    if (scan->problem.empty() && scan->end.sequence != segment.next_sequence)
        scan->problem = "the frames end before the successor's first sequence";
    if (!scan->problem.empty())
        return segment_damage(in, segment.header.number, scan->end.offset, scan->problem);
    segment.landmarks = std::move(scan->landmarks);
    return {};
}

// Finds the last segment's end. What is torn there was never answered; what other frames follow was.
result<void> find_end(directory& in, visitor who, recovered_log& log)
{
    auto& last = log.segments.back();
    auto const how = who == visitor::owner ? file_access::append : file_access::read;
    auto const opened = in.open(segment_name(last.header.number), how);
    if (!opened)
        return opened.error();
    if (who == visitor::owner) {
        if (auto settled = (*opened)->settle(); !settled)
            return settled;
    }
    auto scan = scan_segment(**opened, last.header, last.capacity);
    if (!scan)
        return scan.error();
    if (scan->later_frame)
        return segment_damage(in, last.header.number, scan->end.offset, scan->problem);
    last.end = scan->end.offset;
    last.next_sequence = scan->end.sequence;
    if (scan->last_received != 0)
        last.last_received = scan->last_received;
    last.landmarks = std::move(scan->landmarks);
    log.marked = scan->marked;
    log.torn_at = scan->is_torn() ? scan->end.offset : 0;
    return {};
}

}  // namespace

result<recovered_log> recover(directory& in, visitor who, std::uint64_t verify_bytes_max)
{
    if (who == visitor::owner) {
        if (auto synced = in.sync(); !synced)
            return synced.error();
    }
    auto const numbers = list_segments(in);
    if (!numbers)
        return numbers.error();
    recovered_log log;
    for (auto const number : *numbers) {
        auto state = read_state(in, number);
        if (!state)
            return state.error();
        if (!log.segments.empty()) {
            if (auto linked = link(in, log.segments.back(), *state); !linked)
                return linked.error();
        }
        log.segments.push_back(std::move(*state));
    }
    if (log.segments.empty())
        return log;
    if (auto found = find_end(in, who, log); !found)
        return found.error();
    std::uint64_t verified = 0;
    for (auto segment = log.segments.rbegin() + 1; segment != log.segments.rend(); ++segment) {
        verified += segment->end;
        if (verified > verify_bytes_max)
            break;
        if (auto good = verify(in, *segment); !good)
            return good.error();
    }
    return log;
}

}  // namespace bbstream::journal
