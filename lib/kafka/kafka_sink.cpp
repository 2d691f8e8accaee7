#include "kafka/kafka_sink.hpp"

#include "config/secret.hpp"
#include "kafka/connect.hpp"
#include "kafka/cursor_reader.hpp"
#include "kafka/cursor_record.hpp"
#include "kafka/former_name.hpp"
#include "kafka/topic_setup.hpp"
#include "kafka/topics.hpp"
#include "observe/log.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace bbstream::kafka {

kafka_sink::kafka_sink(config::kafka config, std::string node, timeouts within, event::topic_set const& topics)
    : config_(std::move(config)),
      who_{std::move(node), {}, false},
      within_(within),
      topics_(topics),
      log_(std::make_shared<client_log>())
{
}

kafka_sink::~kafka_sink()
{
    producer_.reset();
    wait_for_handles(handles_, within_.close);
}

void kafka_sink::serve(std::vector<std::string> instances, bool take_over, journal::identity const& from)
{
    journal_ = from;
    who_.instances = std::move(instances);
    who_.take_over = take_over;
}

// Topics first, since a producer that looks for a missing one makes brokers create it; then the producer, whose
// init_transactions settles what a predecessor left open; then the cursor, which nobody can move any more.
result<bbstream::sink::stored_cursor> kafka_sink::open()
{
    producer_.reset();
    auto const properties = config::resolve_properties(config_);
    if (!properties)
        return failure{failure_kind::permanent, properties.error().message};
    log_->begin(secrets_of(*properties));

    connection const with{config_, topics_, *properties, within_, log_, handles_};
    auto const reader = connect_reader(with);
    if (!reader)
        return reader.error();
    auto const facts = set_up_topics(**reader, config_, topics_, within_);
    if (!facts)
        return facts.error();
    auto producer = connect_producer(with, {who_.node, within_.publish, facts->batch_bytes_max, one_by_one_});
    if (!producer)
        return producer.error();
    producer_ = std::move(*producer);
    auto found = read_back(with, **reader);
    if (!found) {
        producer_.reset();
        return found.error();
    }
    if (auto const taken_up = take_up(*found); !taken_up) {
        producer_.reset();
        return taken_up.error();
    }
    if (auto const claimed = claim(with, who_, found->owners); !claimed) {
        producer_.reset();
        return claimed.error();
    }
    who_.take_over = false;
    acknowledged_ = found->cursor;
    owners_ = std::move(found->owners);
    for (auto const& instance : who_.instances)
        owners_[instance] = {who_.node, {}};
    may_hang_ = false;
    return found->cursor;
}

// What nodes that are to be ousted have left half done would hide our cursor, and nobody else would end it.
result<void> kafka_sink::mend_ousted(connection const& with, client& reader)
{
    auto const topic = cursor_topic(config_);
    auto const end = ends_of(reader, {{topic, 0}}, within_);
    if (!end)
        return end.error();
    auto const seen = read_cursor_topic(reader, topic, who_.node, within_.read_cursor, end->front());
    if (!seen)
        return seen.error();
    auto const plan = plan_claims(seen->owners, who_.instances, who_.node, true);
    if (!plan)
        return plan.error();
    for (auto const& node : plan->ousted) {
        auto const theirs = connect_producer(with, {node, within_.publish, 0, false});
        if (!theirs)
            return theirs.error();
        if (auto const mended = read_back_mended(with, reader, **theirs, node, std::nullopt); !mended)
            return mended.error();
    }
    return {};
}

// Written before the claim is: a start that ends in between does it again.
result<void> kafka_sink::take_up(cursor_topic_content& found)
{
    auto const plan = plan_claims(found.owners, who_.instances, who_.node, who_.take_over);
    if (!plan)
        return plan.error();
    auto const former = cursor_of_former_name(found, plan->ousted, journal_);
    if (!former)
        return {};
    observe::info("this journal was published under another name of its node: it goes on from there",
                  {{"published", former->sequence}});
    found.cursor = former;
    return producer_->publish({}, cursor_message{who_.node, cursor_value(*former, who_.node)});
}

result<cursor_topic_content> kafka_sink::read_back(connection const& with, client& reader)
{
    if (who_.take_over && config_.transactions)
        if (auto const mended = mend_ousted(with, reader); !mended)
            return mended.error();
    return read_back_mended(with, reader, *producer_, who_.node, acknowledged_);
}

// A broker that dies after it has acknowledged a commit may leave it open in some partitions, and with it hide all that
// anybody writes there, until something of ours follows: which may take a week. What is open twice at one place may
// hang.
result<void> kafka_sink::look()
{
    auto const now = std::chrono::steady_clock::now();
    if (!config_.transactions || !may_hang_ || now < next_look_)
        return {};
    next_look_ = now + within_.recheck;
    auto const properties = config::resolve_properties(config_);
    if (!properties)
        return failure{failure_kind::permanent, properties.error().message};
    auto seen = look_at_open_ends({config_, topics_, *properties, within_, log_, handles_}, seen_,
                                  own_events(who_.node, owners_, acknowledged_));
    if (!seen)
        return {};  // that brokers are away is for a publish to tell, which also tells when they are back
    may_hang_ = !seen->open.empty();
    seen_ = std::move(*seen);
    // Behind what another node has left open in the cursor's topic opening would wait in vain.
    bool const is_blocked = std::ranges::any_of(
        seen_.others, [this](offset_range const& each) { return each.at.topic == cursor_topic(config_); });
    return seen_.hangs && !is_blocked ? reopen() : result<void>();
}

// With another cursor than ours the next publish would leave a hole: the producer goes, so that the publish fails, and
// whoever opens then sees that cursor.
result<void> kafka_sink::reopen()
{
    auto const expected = acknowledged_;
    auto const found = open();
    if (!found)
        return found.error();
    if (*found == expected)
        return {};
    producer_.reset();
    return failure{failure_kind::unavailable, "kafka: the cursor is not where it was left"};
}

result<void> kafka_sink::publish(event::batch const& events, bbstream::sink::cursor const& next)
{
    refused_.reset();
    if (!producer_)
        return failure{failure_kind::unavailable, "kafka: not open"};
    if (auto const looked = look(); !looked)
        return looked;
    auto done = producer_->publish(events, cursor_message{who_.node, cursor_value(next, who_.node)});
    if (!done) {
        refused_ = producer_->refused().event;
        if (producer_->refused().unclear)
            observe::warn("a batch of events was refused; they are sent one by one, to learn which one is meant");
    }
    if (done) {
        acknowledged_ = next;
        may_hang_ = true;
    }
    // A producer that sends one by one has served its purpose with one batch, whatever came of it.
    if (!done || one_by_one_) {
        one_by_one_ = producer_->refused().unclear;
        producer_.reset();
    }
    return done;
}

}  // namespace bbstream::kafka
