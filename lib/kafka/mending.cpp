#include "kafka/mending.hpp"

#include "kafka/claiming.hpp"
#include "kafka/lost_events.hpp"
#include "kafka/topics.hpp"
#include "observe/log.hpp"

#include <algorithm>
#include <utility>

namespace bbstream::kafka {

namespace {

// Should brokers set the records' times: how far their clocks may differ.
constexpr std::chrono::milliseconds clock_margin{1'000};

// A reader of all there is, which knows the partitions as soon as it is made: librdkafka 2.0 has trouble with asking
// for offsets in topics that it has yet to learn of.
result<std::unique_ptr<client>> connect_to_all(connection const& with)
{
    auto made = connect_reader(with, isolation::read_uncommitted);
    if (!made)
        return made;
    auto const known = our_partitions(**made, with.config, with.topics, with.within);
    return known ? std::move(made) : known.error();
}

class mender {
   public:
    mender(connection const& with, reader_pair const& readers, std::string const& node)
        : with_(with), readers_(readers), node_(node), topic_(cursor_topic(with.config))
    {
    }

    result<void> run(producer& through, sink::stored_cursor const& acknowledged)
    {
        auto open = find_open();
        if (!open)
            return open.error();
        if (auto const ended = end_claims(open->cursor); !ended)
            return ended.error();
        else if (*ended)
            open = find_open();
        if (!open)
            return open.error();
        if (!open->cursor && open->events.empty())
            return {};
        auto records = look_at_cursors(open->cursor);
        if (!records)
            return records.error();
        if (records->is_ours)
            hanging_ = open->cursor;
        auto const facts = gather(open->events, *records, acknowledged);
        if (!facts)
            return facts.error();
        return facts->of_events.empty() && !hanging_ ? result<void>() : carry_out(*facts, through);
    }

   private:
    struct open_parts {
        std::optional<offset_range> cursor;
        std::vector<offset_range> events;
    };

    result<open_parts> find_open()
    {
        auto partitions = our_partitions(readers_.committed, with_.config, with_.topics, with_.within);
        if (!partitions)
            return partitions.error();
        auto const open = open_ends(readers_, *partitions, with_.within);
        if (!open)
            return open.error();
        open_parts parts;
        for (auto const& each : *open)
            if (each.at.topic == topic_)
                parts.cursor = each;
            else
                parts.events.push_back(each);
        std::erase_if(*partitions, [this](partition const& each) { return each.topic == topic_; });
        of_events_ = std::move(*partitions);
        return parts;
    }

    result<hanging_records> look_at_cursors(std::optional<offset_range> const& open) const
    {
        return open ? find_hanging_records(readers_, *open, node_, with_.within)
                    : result<hanging_records>(hanging_records());
    }

    // A claimant's init_transactions ends what goes on just now. A claim that hangs is written once more: its commit
    // shows them all. True if there was one.
    result<bool> end_claims(std::optional<offset_range> const& open)
    {
        auto const found = look_at_cursors(open);
        if (!found)
            return found.error();
        if (!found->is_claim)
            return false;
        auto const writer = connect_claimant(with_);
        if (!writer)
            return writer.error();
        auto const left = look_at_cursors(open);
        if (!left)
            return left.error();
        if (left->is_claim && left->claim)
            if (auto const shown = (*writer)->publish({}, cursor_message{left->claim->first, left->claim->second});
                !shown)
                return shown.error();
        if (auto const ended = wait_until_ended(readers_, {*open}, with_.within); !ended)
            return ended.error();
        return true;
    }

    // Of the cursor's topic, what lies before a transaction of ours that hangs is all that will ever show.
    result<mending_facts> gather(std::vector<offset_range> const& open, hanging_records const& records,
                                 sink::stored_cursor const& acknowledged)
    {
        auto content = read_cursor_topic(readers_.committed, topic_, node_, with_.within.read_cursor,
                                         hanging_ ? std::optional(hanging_->begin) : std::nullopt);
        if (!content)
            return content.error();
        auto const hangs = hanging_ && !records.cursors.empty();
        own_events whose(node_, content->owners, hangs ? records.cursors.back().cursor : content->cursor);
        auto events = find_hanging_events(readers_, open, whose, with_.within);
        if (!events)
            return events.error();
        mending_facts facts{content->cursor, std::move(content->lost), {}, acknowledged, {}, std::move(*events)};
        if (!hangs)
            return facts;
        for (auto const& each : records.cursors)
            facts.hanging.push_back(each.cursor);
        auto const visible =
            find_visible(readers_, of_events_, whose, facts.hanging.back(), when(*content, records), with_.within);
        if (!visible)
            return visible.error();
        facts.visible = *visible;
        return facts;
    }

    // Events were written behind the record of the cursor before them, and as long before their own cursor's as
    // publishing may take at most.
    time_span when(cursor_topic_content const& before, hanging_records const& records) const
    {
        auto const publishing = with_.within.publish.count();
        auto const margin = clock_margin.count();
        return {std::max(before.written, records.cursors.front().written - publishing) - margin,
                records.cursors.back().written + publishing + margin};
    }

    // First what is to be kept is noted, and shows; then all that hangs is ended.
    result<void> carry_out(mending_facts const& facts, producer& through)
    {
        auto plan = plan_mending(facts);
        observe::warn("the brokers left a transaction open in some partitions; it is brought to its end",
                      {{"partitions", plan.aborted.size() + (hanging_ ? 1 : 0)}, {"lost", plan.lost.size()}});
        if (plan.cursor) {
            cursor_message const note{node_, cursor_value(*plan.cursor, node_, plan.lost)};
            if (auto const noted = through.publish({}, note); !noted)
                return noted;
            if (hanging_)
                if (auto const shown = wait_until_ended(readers_, {*hanging_}, with_.within); !shown)
                    return shown;
        } else if (hanging_) {
            plan.aborted.push_back(*hanging_);
        }
        std::vector<partition> where;
        for (auto const& each : plan.aborted)
            where.push_back(each.at);
        if (auto const ended = through.abort_in(where, node_); !ended)
            return ended;
        return wait_until_ended(readers_, plan.aborted, with_.within);
    }

    connection const& with_;
    reader_pair const readers_;
    std::string const& node_;
    std::string const topic_;
    std::vector<partition> of_events_;
    std::optional<offset_range> hanging_;  // in the cursor's partition
};

result<void> republish_lost(connection const& with, reader_pair const& readers, producer& through,
                            std::string const& node, cursor_topic_content const& found)
{
    auto const lost =
        read_lost(readers, found.lost, own_events(node, found.owners, found.cursor), *found.cursor, with.within);
    if (!lost)
        return lost.error();
    if (!lost->empty())
        observe::warn("events that were committed, but that no consumer sees, are published once more",
                      {{"events", lost->size()}});
    return through.republish(*lost, cursor_message{node, cursor_value(*found.cursor, node)});
}

bool begins_in(std::vector<offset_range> const& ranges, offset_range const& where)
{
    return std::ranges::any_of(
        ranges, [&where](offset_range const& each) { return each.at == where.at && each.begin == where.begin; });
}

result<void> judge(connection const& with, client& all, offset_range const& where, open_look const& before,
                   own_events& whose, open_look& into)
{
    if (begins_in(before.others, where)) {
        into.others.push_back(where);
    } else if (begins_in(before.open, where)) {
        auto const ours = is_to_be_ended(all, where, where.at.topic == cursor_topic(with.config), whose, with.within);
        if (!ours)
            return ours.error();
        if (*ours)
            into.hangs = true;
        else
            into.others.push_back(where);
    }
    return {};
}

}  // namespace

result<cursor_topic_content> read_back_mended(connection const& with, client& committed, producer& through,
                                              std::string const& node, sink::stored_cursor const& acknowledged)
{
    auto const all = connect_to_all(with);
    if (!all)
        return all.error();
    reader_pair const readers{committed, **all};
    if (with.config.transactions)
        if (auto const mended = mender(with, readers, node).run(through, acknowledged); !mended)
            return mended.error();
    auto found = read_cursor_topic(committed, cursor_topic(with.config), node, with.within.read_cursor);
    if (found && found->cursor && !found->lost.empty())
        if (auto const done = republish_lost(with, readers, through, node, *found); !done)
            return done.error();
    return found;
}

result<open_look> look_at_open_ends(connection const& with, open_look const& before, own_events whose)
{
    auto const committed = connect_reader(with);
    if (!committed)
        return committed.error();
    auto const all = connect_to_all(with);
    if (!all)
        return all.error();
    auto const partitions = our_partitions(**committed, with.config, with.topics, with.within);
    if (!partitions)
        return partitions.error();
    auto open = open_ends({**committed, **all}, *partitions, with.within);
    if (!open)
        return open.error();
    open_look seen{std::move(*open), {}, false};
    for (auto const& each : seen.open)
        if (auto const judged = judge(with, **all, each, before, whose, seen); !judged)
            return judged.error();
    return seen;
}

}  // namespace bbstream::kafka
