#include "kafka/hanging.hpp"

#include "base/hex.hpp"
#include "kafka/cursor_record.hpp"
#include "kafka/message.hpp"
#include "kafka/owner_record.hpp"
#include "kafka/partition_reader.hpp"
#include "kafka/producer.hpp"
#include "observe/log.hpp"
#include "sink/attribute.hpp"

#include <algorithm>
#include <functional>
#include <thread>
#include <utility>

namespace bbstream::kafka {

namespace {

using clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds look_again{100};

// Each record of a range, until whoever looks at them is content.
result<void> read_range(client& through, offset_range const& where, clock::time_point deadline,
                        std::function<bool(rd_kafka_message_t const&)> const& is_content)
{
    partition_reader from(through, where.at.topic, where.at.number);
    if (auto const started = from.start(where.begin, where.end); !started)
        return started;
    for (;;) {
        auto const message = from.next(deadline);
        if (!message)
            return message.error();
        if (!*message || is_content(**message))
            return {};
    }
}

// Sets where the open transactions of the partition begin by now; false if all before the range's end have ended.
result<bool> wait_for_others(reader_pair const& through, offset_range& where, clock::time_point deadline,
                             timeouts const& within)
{
    if (clock::now() >= deadline)
        return failure{failure_kind::unavailable, where.at.topic + ": another producer's transaction stays open"};
    std::this_thread::sleep_for(look_again);
    auto const ends = ends_of(through.committed, {where.at}, within);
    if (!ends)
        return ends.error();
    where.begin = ends->front();
    return where.begin < where.end;
}

// The first of our records in a range, and what it is if it is an event: no other has a lower mark.
struct first_of_ours {
    bool is_first_of_all = false;
    std::optional<sink::mark> mark;
};

result<std::optional<first_of_ours>> look_at_events(client& through, offset_range const& where, own_events& whose,
                                                    clock::time_point deadline)
{
    std::optional<first_of_ours> seen;
    bool others = false;
    auto const read = read_range(through, where, deadline, [&](rd_kafka_message_t const& message) {
        std::optional<sink::mark> mark;
        if (whose.own(message, mark))
            seen = {!others, mark};
        others = true;
        return seen.has_value();
    });
    return read ? result<std::optional<first_of_ours>>(seen) : read.error();
}

// The transaction of ours that hangs in a partition, if one does.
result<std::optional<hanging_events>> look_for_hanging(reader_pair const& through, offset_range where,
                                                       own_events& whose, clock::time_point deadline,
                                                       timeouts const& within)
{
    for (;;) {
        auto const seen = look_at_events(through.all, where, whose, deadline);
        if (!seen)
            return seen.error();
        if (!*seen)
            return std::optional<hanging_events>();
        if ((*seen)->is_first_of_all)
            return std::optional(hanging_events{where, (*seen)->mark});
        auto const open = wait_for_others(through, where, deadline, within);
        if (!open)
            return open.error();
        if (!*open)
            return std::optional<hanging_events>();
    }
}

struct records_seen {
    hanging_records of;
    bool any_ours = false;
};

result<records_seen> look_at_records(client& through, offset_range const& where, std::string const& node,
                                     clock::time_point deadline)
{
    records_seen seen;
    bool first = true;
    auto const read = read_range(through, where, deadline, [&](rd_kafka_message_t const& message) {
        auto const key = key_of(message);
        bool const aborts = key == aborting_key && value_of(message) == node;
        bool const claims = instance_of_key(key).has_value();
        bool const ours = key == node || aborts;
        if (first) {
            seen.of.is_ours = ours;
            seen.of.is_claim = claims;
        }
        first = false;
        seen.any_ours = seen.any_ours || ours;
        if (claims)
            seen.of.claim = {std::string(key), std::string(value_of(message))};
        auto const cursor = key == node ? parse_cursor(value_of(message)) : std::nullopt;
        if (cursor)
            seen.of.cursors.push_back({cursor->cursor, rd_kafka_message_timestamp(&message, nullptr)});
        return false;
    });
    return read ? result<records_seen>(std::move(seen)) : read.error();
}

bool is_claim_or_ours(rd_kafka_message_t const& message, std::string const& node)
{
    auto const key = key_of(message);
    return key == node || instance_of_key(key) || (key == aborting_key && value_of(message) == node);
}

void say_that_it_stays(partition const& where)
{
    observe::warn("a transaction that is not this node's stays open: consumers of the partition stand still",
                  {{"topic", where.topic}, {"partition", where.number}});
}

}  // namespace

result<std::vector<offset_range>> open_ends(reader_pair const& through, std::vector<partition> const& among,
                                            timeouts const& within)
{
    auto const visible = ends_of(through.committed, among, within);
    if (!visible)
        return visible.error();
    auto const written = ends_of(through.all, among, within);
    if (!written)
        return written.error();
    std::vector<offset_range> open;
    for (std::size_t at = 0; at < among.size(); ++at)
        if ((*visible)[at] < (*written)[at])
            open.push_back({among[at], (*visible)[at], (*written)[at]});
    return open;
}

own_events::own_events(std::string node, owners by_instance, sink::stored_cursor const& cursor)
    : node_(std::move(node)), owners_(std::move(by_instance)), journal_(cursor ? to_hex(cursor->journal) : "")
{
}

bool own_events::own(rd_kafka_message_t const& message, std::optional<sink::mark>& mark)
{
    if (key_of(message) == aborting_key)
        return value_of(message) == node_;
    auto const event = event_of(message, headers_);
    if (sink::attribute_of(event, "bborigin") == "replay")
        return false;
    auto const instance = sink::attribute_of(event, "bbinstance");
    auto const owner = owners_.find(instance);
    if (owner != owners_.end() && owner->second.node != node_)
        return false;
    if (instance.empty() &&
        (journal_.empty() || sink::attribute_of(event, "dataref").find(journal_) == std::string::npos))
        return false;
    mark = sink::parse_mark(sink::attribute_of(event, "sequence"));
    return mark.has_value();
}

result<std::vector<hanging_events>> find_hanging_events(reader_pair const& through,
                                                        std::vector<offset_range> const& among, own_events& whose,
                                                        timeouts const& within)
{
    auto const deadline = clock::now() + within.read_cursor;
    std::vector<hanging_events> found;
    for (auto const& where : among) {
        auto const hanging = look_for_hanging(through, where, whose, deadline, within);
        if (!hanging && (hanging.error().kind == failure_kind::permanent || clock::now() < deadline))
            return hanging.error();
        if (!hanging)
            say_that_it_stays(where.at);
        else if (*hanging)
            found.push_back(**hanging);
    }
    return found;
}

result<bool> is_to_be_ended(client& all, offset_range const& where, bool of_cursors, own_events& whose,
                            timeouts const& within)
{
    bool ours = false;
    auto const read = read_range(all, where, clock::now() + within.topics, [&](rd_kafka_message_t const& first) {
        std::optional<sink::mark> mark;
        ours = of_cursors ? is_claim_or_ours(first, whose.node()) : whose.own(first, mark);
        return true;
    });
    if (!read)
        return read.error();
    if (!ours)
        say_that_it_stays(where.at);
    return ours;
}

result<hanging_records> find_hanging_records(reader_pair const& through, offset_range const& where,
                                             std::string const& node, timeouts const& within)
{
    auto const deadline = clock::now() + within.read_cursor;
    auto now = where;
    for (;;) {
        auto const seen = look_at_records(through.all, now, node, deadline);
        if (!seen)
            return seen.error();
        if (seen->of.is_ours || seen->of.is_claim || !seen->any_ours)
            return seen->of;
        auto const open = wait_for_others(through, now, deadline, within);
        if (!open)
            return open.error();
        if (!*open)
            return hanging_records();
    }
}

result<void> wait_until_ended(reader_pair const& through, std::vector<offset_range> const& open, timeouts const& within)
{
    auto const deadline = clock::now() + within.publish;
    for (auto const& each : open)
        for (;;) {
            auto const end = ends_of(through.committed, {each.at}, within);
            if (!end)
                return end.error();
            if (end->front() > each.begin)
                break;
            if (clock::now() >= deadline)
                return failure{failure_kind::unavailable,
                               each.at.topic + ", partition " + std::to_string(each.at.number) +
                                   ": a transaction hangs that this producer can't end; kafka-transactions.sh abort "
                                   "--topic " +
                                   each.at.topic + " --partition " + std::to_string(each.at.number) +
                                   " --start-offset " + std::to_string(each.begin) + " can"};
            std::this_thread::sleep_for(look_again);
        }
    return {};
}

result<std::optional<sink::mark>> find_visible(reader_pair const& through, std::vector<partition> const& among,
                                               own_events& whose, sink::cursor const& until, time_span const& when,
                                               timeouts const& within)
{
    auto const deadline = clock::now() + within.read_cursor;
    auto const begins = offsets_since(through.committed, among, when.begin, within);
    auto const laters = offsets_since(through.committed, among, when.end, within);
    auto const ends = ends_of(through.committed, among, within);
    if (!begins || !laters || !ends)
        return (!begins ? begins : !laters ? laters : ends).error();
    std::optional<sink::mark> highest;
    for (std::size_t at = 0; at < among.size(); ++at) {
        auto const begin = (*begins)[at];
        auto const end = (*laters)[at] < 0 ? (*ends)[at] : std::min((*laters)[at], (*ends)[at]);
        if (begin < 0 || begin >= end)
            continue;
        auto const read =
            read_range(through.committed, {among[at], begin, end}, deadline, [&](rd_kafka_message_t const& each) {
                std::optional<sink::mark> mark;
                if (whose.own(each, mark) && mark && *mark <= last_mark(until))
                    highest = std::max(highest.value_or(*mark), *mark);
                return false;
            });
        if (!read)
            return read.error();
    }
    return highest;
}

}  // namespace bbstream::kafka
