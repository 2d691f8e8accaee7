#include "kafka/mending.hpp"

#include "kafka/claiming.hpp"
#include "kafka/hanging.hpp"
#include "kafka/lost_events.hpp"
#include "kafka/topics.hpp"
#include "observe/log.hpp"

#include <algorithm>
#include <utility>

namespace bbstream::kafka {

namespace {

// Should brokers set the records' times: how far their clocks may differ.
constexpr std::chrono::milliseconds clock_margin{1'000};

class mender {
   public:
    mender(connection const& with, reader_pair const& readers, std::string const& node)
        : with_(with), readers_(readers), node_(node), topic_(cursor_topic(with.config))
    {
    }

    result<void> run(producer& through, sink::stored_cursor const& acknowledged)
    {
        if (auto const found = find_open(); !found || open_.empty())
            return found;
        if (auto const ended = end_claims(); !ended)
            return ended;
        if (auto const found = find_records(); !found)
            return found;
        auto const facts = gather(acknowledged);
        if (!facts)
            return facts.error();
        return facts->of_events.empty() && !cursor_hangs_ ? result<void>() : carry_out(*facts, through);
    }

   private:
    result<void> find_open()
    {
        auto partitions = our_partitions(readers_.committed, with_.config, with_.topics, with_.within);
        if (!partitions)
            return partitions.error();
        partitions_ = std::move(*partitions);
        auto open = open_ends(readers_, partitions_, with_.within);
        if (!open)
            return open.error();
        open_ = std::move(*open);
        return {};
    }

    // It is the last of our partitions.
    bool is_cursors_open() const { return !open_.empty() && open_.back().at.topic == topic_; }

    result<hanging_records> look_at_cursors() const
    {
        return is_cursors_open() ? find_hanging_records(readers_, open_.back(), node_, with_.within)
                                 : result<hanging_records>(hanging_records());
    }

    // A claimant's init_transactions ends what goes on just now. A claim that hangs is written once more: its commit
    // shows them all.
    result<void> end_claims()
    {
        auto const found = look_at_cursors();
        if (!found)
            return found.error();
        if (!found->is_claim)
            return {};
        auto const writer = connect_claimant(with_);
        if (!writer)
            return writer.error();
        auto const left = look_at_cursors();
        if (!left)
            return left.error();
        if (left->is_claim && left->claim)
            if (auto const shown = (*writer)->publish({}, cursor_message{left->claim->first, left->claim->second});
                !shown)
                return shown;
        return find_open();
    }

    // In the cursor's partition, which then no longer counts among those of events.
    result<void> find_records()
    {
        auto found = look_at_cursors();
        if (!found)
            return found.error();
        records_ = std::move(*found);
        cursor_hangs_ = records_.is_ours;
        if (is_cursors_open()) {
            cursors_begin_ = open_.back().begin;
            open_.pop_back();
        }
        return {};
    }

    // Of the cursor's topic, what lies before a transaction of ours that hangs is all that will ever show.
    result<mending_facts> gather(sink::stored_cursor const& acknowledged)
    {
        auto content = read_cursor_topic(readers_.committed, topic_, node_, with_.within.read_cursor,
                                         cursor_hangs_ ? std::optional(cursors_begin_) : std::nullopt);
        if (!content)
            return content.error();
        own_events whose(node_, content->owners, cursor_hangs_ && records_.cursor ? records_.cursor : content->cursor);
        auto events = find_hanging_events(readers_, open_, whose, with_.within);
        if (!events)
            return events.error();
        mending_facts facts{content->cursor, std::move(content->lost), records_.cursor, false, std::move(*events)};
        if (!cursor_hangs_ || !facts.hanging)
            return facts;
        auto const committed = is_committed(*content, acknowledged, whose);
        if (!committed)
            return committed.error();
        facts.is_committed = *committed;
        return facts;
    }

    // Its events were written behind the record of the cursor before it, and within the time that publishing may take.
    result<bool> is_committed(cursor_topic_content const& before, sink::stored_cursor const& acknowledged,
                              own_events& whose)
    {
        auto const& cursor = *records_.cursor;
        if (acknowledged && same_log(*acknowledged, cursor) && cursor.sequence <= acknowledged->sequence)
            return true;
        std::vector<partition> const of_events(partitions_.begin(), partitions_.end() - 1);
        auto const since = std::max(before.written, records_.written - with_.within.publish.count());
        return is_visible(readers_, of_events, whose, before.cursor, cursor, since - clock_margin.count(),
                          with_.within);
    }

    // First what is to be kept is noted, then all that hangs is ended.
    result<void> carry_out(mending_facts const& facts, producer& through)
    {
        auto plan = plan_mending(facts);
        observe::warn("the brokers left a transaction open in some partitions; it is brought to its end",
                      {{"partitions", plan.aborted.size() + (cursor_hangs_ ? 1 : 0)}, {"lost", plan.lost.size()}});
        if (plan.cursor) {
            cursor_message const note{node_, cursor_value(*plan.cursor, node_, plan.lost)};
            if (auto const noted = through.publish({}, note); !noted)
                return noted;
        } else if (cursor_hangs_) {
            plan.aborted.push_back({topic_, 0});
        }
        return through.abort_in(plan.aborted, node_);
    }

    connection const& with_;
    reader_pair const readers_;
    std::string const& node_;
    std::string const topic_;
    std::vector<partition> partitions_;
    std::vector<offset_range> open_;
    hanging_records records_;
    std::int64_t cursors_begin_ = 0;
    bool cursor_hangs_ = false;
};

}  // namespace

result<void> mend(connection const& with, client& committed, producer& through, std::string const& node,
                  sink::stored_cursor const& acknowledged)
{
    if (!with.config.transactions)
        return {};
    auto const all = connect_reader(with, isolation::read_uncommitted);
    if (!all)
        return all.error();
    return mender(with, {committed, **all}, node).run(through, acknowledged);
}

result<void> republish_lost(connection const& with, producer& through, std::string const& node,
                            cursor_topic_content const& found)
{
    if (!found.cursor || found.lost.empty())
        return {};
    auto const all = connect_reader(with, isolation::read_uncommitted);
    if (!all)
        return all.error();
    auto const lost = read_lost(**all, found.lost, own_events(node, found.owners, found.cursor), *found.cursor,
                                std::chrono::steady_clock::now() + with.within.read_cursor);
    if (!lost)
        return lost.error();
    observe::warn("events that were committed, but that no consumer sees, are published once more",
                  {{"events", lost->size()}});
    return through.republish(*lost, cursor_message{node, cursor_value(*found.cursor, node)});
}

}  // namespace bbstream::kafka
