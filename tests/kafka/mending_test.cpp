// Transactions that a broker has left open in some of their partitions, as a crash of it can.
#include "broker.hpp"
#include "consumer.hpp"
#include "hanging_writer.hpp"
#include "kafka/cursor_record.hpp"
#include "kafka/kafka_sink.hpp"
#include "kafka/settings.hpp"
#include "kafka/topics.hpp"
#include "raw_producer.hpp"
#include "sink_helpers.hpp"
#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <thread>

using namespace bbstream;
using namespace bbstream::test;
using kafka::kafka_sink;

namespace {

struct lenient_broker {
    lenient_broker() : broker(directory.file("broker")) { switch_verification_off(broker.address()); }

    temporary_directory const directory;
    own_broker broker;
};

std::string event_value(std::uint64_t sequence, std::uint32_t index = 0)
{
    return sample_value(1, {sequence, index}, R"(hangs","bbinstance":"cloud)");
}

// A world of its own: topics of four partitions, and a node that has published records 1 to 10.
struct world {
    explicit world(std::string const& name)
    {
        static lenient_broker const of_all;
        config.topic_prefix = name;
        config.topics_partitions = 4;
        config.properties["bootstrap.servers"] = of_all.broker.address();
        commits = kafka::topic_of(config, event::topic::commit);
        cursors = kafka::cursor_topic(config);
        within.read_cursor = std::chrono::seconds(10);
        kafka_sink sink(config, "a", within);
        sink.serve({"cloud"}, false, some_journal);
        auto const point = sink.open();
        BOOST_REQUIRE_MESSAGE(point.has_value(), (point ? "" : point.error().message));
        BOOST_REQUIRE(sink.publish(events_of(1, 10), cursor_at(10)));
    }

    void look_often()
    {
        within.recheck = std::chrono::milliseconds(0);
        within.read_cursor = std::chrono::seconds(2);
    }

    std::string const& address() const { return config.properties.at("bootstrap.servers"); }
    std::string id() const { return kafka::transactional_id(config, "a"); }

    void hang_event(hanging_writer& by, std::int32_t partition, std::uint64_t sequence) const
    {
        by.write(commits, partition, "cloud:one", event_value(sequence));
    }
    void hang_cursor(hanging_writer& by, std::uint64_t sequence) const
    {
        by.write(cursors, 0, "a", kafka::cursor_value(cursor_at(sequence), "a"));
    }

    // Events that were written to partition 1, and aborted there.
    kafka::offset_range abort_events(std::vector<std::uint64_t> const& sequences) const
    {
        {
            hanging_writer half(address(), id());
            for (auto const each : sequences)
                hang_event(half, 1, each);
        }
        std::int64_t end = 0;
        for (auto const& each : consume(address(), commits, "read_uncommitted"))
            if (each.partition == 1)
                end = each.offset + 1;
        raw_producer next(address(), id());
        next.begin();
        next.send(commits, "cloud:1", "ends what hangs", 1);
        next.abort();
        return {{commits, 1}, end - static_cast<std::int64_t>(sequences.size()), end};
    }

    void note_lost(kafka::offset_range const& where, std::uint64_t sequence) const
    {
        raw_producer by(address(), id());
        by.begin();
        by.send(cursors, "a", kafka::cursor_value(cursor_at(sequence), "a", {where}));
        by.commit();
    }

    // Something of the sink's hangs behind another's transaction, for which opening waits in vain; that one ends then.
    void open_beside_what_hangs(kafka_sink& sink, kafka_sink& other) const
    {
        other.serve({"elsewhere"}, false, some_journal);
        BOOST_REQUIRE(other.open());
        auto const elsewhere = partition_without("cloud:0");
        raw_producer slow(address(), kafka::transactional_id(config, "slow"));
        slow.begin();
        slow.send(commits, "cloud:two", sample_value(1, {99, 0}, R"(open","bbinstance":"elsewhere)"), elsewhere);
        {
            hanging_writer half(address(), id());
            half.write(commits, elsewhere, "cloud:one", event_value(10, 1));
        }
        BOOST_REQUIRE(sink.open());
        slow.abort();
        raw_producer const until_it_ended(address(), kafka::transactional_id(config, "slow"));
    }

    std::ptrdiff_t times_seen(std::string const& value) const
    {
        return std::ranges::count_if(consume(address(), commits),
                                     [&](auto const& each) { return each.value == value; });
    }

    // What a consumer sees beyond the first ten, as sequences, sorted.
    std::vector<std::uint64_t> later() const
    {
        std::vector<std::uint64_t> seen;
        for (auto const& each : consume(address(), commits))
            if (auto const sequence = std::stoull(each.value.substr(each.value.find("0001.") + 5, 19)); sequence > 10)
                seen.push_back(sequence);
        std::sort(seen.begin(), seen.end());
        return seen;
    }

    // One of those of the commits that no event with this key is in; there is one.
    std::int32_t partition_without(std::string const& key) const
    {
        for (auto const& each : consume(address(), commits))
            if (each.key == key)
                return (each.partition + 1) % config.topics_partitions;
        throw std::runtime_error("no event has the key " + key);
    }

    // Opens, and publishes what the cursor says is missing up to 20.
    void go_on(std::uint64_t expected_cursor) const
    {
        kafka_sink sink(config, "a", within);
        auto const point = sink.open();
        BOOST_REQUIRE_MESSAGE(point.has_value(), (point ? "" : point.error().message));
        BOOST_REQUIRE(point->has_value());
        BOOST_TEST((*point)->sequence == expected_cursor);
        BOOST_REQUIRE(sink.publish(events_of(expected_cursor + 1, 20), cursor_at(20)));
    }

    config::kafka config;
    kafka::timeouts within;
    std::string commits;
    std::string cursors;
};

using sequences = std::vector<std::uint64_t>;

sequences const all_later{11, 12, 13, 14, 15, 16, 17, 18, 19, 20};

}  // namespace

BOOST_AUTO_TEST_SUITE(transactions_that_hang)

// The commit reached partition 0, as any visible event shows, but neither partition 1 nor the cursor.
BOOST_AUTO_TEST_CASE(a_committed_cursor_is_kept_and_its_lost_events_are_published)
{
    world const here("cursor-hangs");
    {
        raw_producer committed(here.address(), here.id());
        committed.begin();
        committed.send(here.commits, "cloud:1", event_value(11));
        committed.commit();
    }
    hanging_writer half(here.address(), here.id());
    here.hang_event(half, 1, 12);
    here.hang_event(half, 1, 13);
    here.hang_cursor(half, 13);
    here.go_on(13);
    BOOST_TEST(here.later() == all_later, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_was_not_committed_is_published_anew)
{
    world const here("nothing-visible");
    hanging_writer half(here.address(), here.id());
    here.hang_event(half, 0, 11);
    here.hang_event(half, 3, 12);
    here.hang_cursor(half, 12);
    here.go_on(10);
    BOOST_TEST(here.later() == all_later, boost::test_tools::per_element());
}

// Partition 2 holds both what the cursor covers and what was written when the next transaction was ended as aborted.
BOOST_AUTO_TEST_CASE(lost_events_before_the_cursor_are_published_and_later_ones_are_not)
{
    world const here("events-hang");
    hanging_writer half(here.address(), here.id());
    here.hang_event(half, 2, 11);
    here.hang_event(half, 2, 12);
    {
        kafka_sink other(here.config, "b", here.within);  // does not mend what is not its own
        BOOST_REQUIRE(other.open());
    }
    raw_producer cursor_only(here.address(), kafka::transactional_id(here.config, "c"));
    cursor_only.begin();
    cursor_only.send(here.cursors, "a", kafka::cursor_value(cursor_at(11), "a"));
    cursor_only.commit();
    here.go_on(11);
    BOOST_TEST(here.later() == all_later, boost::test_tools::per_element());
}

// Nothing new comes in, and nothing fails that anybody would see.
BOOST_AUTO_TEST_CASE(an_idle_sink_sees_to_it_that_what_it_published_shows)
{
    world here("idle");
    here.within.recheck = std::chrono::milliseconds(0);
    kafka_sink sink(here.config, "a", here.within);
    BOOST_REQUIRE(sink.open());
    BOOST_REQUIRE(sink.publish(events_of(11, 20), cursor_at(20)));
    hanging_writer half(here.address(), here.id());
    half.write(here.commits, 2, "cloud:one", event_value(20, 1));
    for (int looks = 0; looks < 3; ++looks)
        BOOST_TEST(sink.flush().has_value());
    BOOST_TEST(consume(here.address(), here.commits).size() == 21u);
}

// It hangs behind another's transaction, for which opening waited in vain; that one ends, and events go on elsewhere.
BOOST_AUTO_TEST_CASE(a_busy_sink_sees_to_it_that_what_it_published_shows)
{
    world here("busy");
    here.look_often();
    kafka_sink other(here.config, "b", here.within);
    kafka_sink sink(here.config, "a", here.within);
    here.open_beside_what_hangs(sink, other);
    for (std::uint64_t next = 11; next <= 13; ++next)
        BOOST_REQUIRE(sink.publish(events_of(next, next, 1), cursor_at(next)));
    BOOST_TEST(here.times_seen(event_value(10, 1)) == 1);
    BOOST_TEST((here.later() == sequences{11, 12, 13}));
}

// Opening would wait for it in vain, and fail, as cursors of ours lie behind it; what hangs of our own waits as well.
BOOST_AUTO_TEST_CASE(what_hangs_of_another_node_does_not_keep_a_busy_sink_from_publishing)
{
    world here("busy-beside");
    here.look_often();
    kafka_sink other(here.config, "b", here.within);
    kafka_sink sink(here.config, "a", here.within);
    here.open_beside_what_hangs(sink, other);
    hanging_writer half(here.address(), kafka::transactional_id(here.config, "b"));
    half.write(here.cursors, 0, "b", kafka::cursor_value(cursor_at(99), "b"));
    for (std::int32_t partition = 0; partition < 4; ++partition)
        half.write(here.commits, partition, "cloud:two", sample_value(1, {99, 0}, R"(hangs","bbinstance":"elsewhere)"));
    for (std::uint64_t next = 11; next <= 20; ++next)
        BOOST_REQUIRE(sink.publish(events_of(next, next), cursor_at(next)));
    BOOST_REQUIRE(other.open());
    for (int looks = 0; looks < 3; ++looks)
        BOOST_TEST(sink.flush().has_value());
    BOOST_TEST(here.times_seen(event_value(10, 1)) == 1);
    BOOST_TEST(here.later() == all_later, boost::test_tools::per_element());
}

// A broker that has lost its tail may come back with open ends and with an older cursor, which shows when the idle sink
// opens again.
BOOST_AUTO_TEST_CASE(a_sink_that_finds_another_cursor_publishes_nothing_until_it_is_opened)
{
    world here("older-cursor");
    here.within.recheck = std::chrono::milliseconds(0);
    kafka_sink sink(here.config, "a", here.within);
    BOOST_REQUIRE(sink.open());
    BOOST_REQUIRE(sink.publish(events_of(11, 15), cursor_at(15)));
    raw_producer tail(here.address(), kafka::transactional_id(here.config, "tail"));
    tail.begin();
    tail.send(here.cursors, "a", kafka::cursor_value(cursor_at(10), "a"));
    tail.commit();
    raw_producer const until_it_shows(here.address(), kafka::transactional_id(here.config, "tail"));
    hanging_writer half(here.address(), here.id());
    half.write(here.commits, 2, "cloud:one", event_value(15, 1));
    BOOST_TEST(sink.flush().has_value());
    auto const looked = sink.flush();
    BOOST_REQUIRE(!looked);
    BOOST_TEST(looked.error().message.find("cursor") != std::string::npos, looked.error().message);
    BOOST_TEST(!sink.publish(events_of(16, 20), cursor_at(20)).has_value());
    BOOST_TEST((here.later() == sequences{11, 12, 13, 14, 15}));
    auto const point = sink.open();
    BOOST_REQUIRE(point);
    BOOST_TEST((*point == cursor_at(10)));
}

// The process died between the abort and the publishing of what is lost.
BOOST_AUTO_TEST_CASE(what_the_cursors_record_names_as_lost_is_published)
{
    world const here("noted");
    here.note_lost(here.abort_events({11, 12}), 12);
    here.go_on(12);
    BOOST_TEST(here.later() == all_later, boost::test_tools::per_element());
    here.go_on(20);
    BOOST_TEST(here.later() == all_later, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_lost_is_published_without_transactions_too)
{
    world here("plain");
    here.note_lost(here.abort_events({11, 12}), 12);
    here.config.transactions = false;
    here.go_on(12);
    BOOST_TEST(here.later() == all_later, boost::test_tools::per_element());
}

// The publishing of what was lost was itself committed in the partition only.
BOOST_AUTO_TEST_CASE(what_was_published_once_more_is_not_published_twice)
{
    world const here("half-again");
    auto const lost = here.abort_events({11, 12});
    here.note_lost(lost, 12);
    {
        raw_producer again(here.address(), here.id());
        again.begin();
        for (auto const sequence : {11, 12})
            again.send(here.commits, "cloud:1", event_value(static_cast<std::uint64_t>(sequence)), lost.at.number);
        again.commit();
    }
    hanging_writer half(here.address(), here.id());
    here.hang_cursor(half, 12);
    here.go_on(12);
    BOOST_TEST(here.later() == all_later, boost::test_tools::per_element());
}

// Its topic was made anew, or lost its tail.
BOOST_AUTO_TEST_CASE(what_is_lost_and_gone_does_not_keep_the_sink_closed)
{
    world const here("gone");
    here.note_lost({{here.commits, 1}, 1'000, 1'020}, 10);
    here.go_on(10);
    BOOST_TEST(here.later() == all_later, boost::test_tools::per_element());
}

// Both by halves: the first one's events show, those of the second one were aborted.
BOOST_AUTO_TEST_CASE(of_two_hanging_cursors_the_one_whose_events_show_counts)
{
    world const here("two-cursors");
    {
        raw_producer committed(here.address(), here.id());
        committed.begin();
        committed.send(here.commits, "cloud:1", event_value(11));
        committed.commit();
    }
    hanging_writer half(here.address(), here.id());
    here.hang_cursor(half, 11);
    here.hang_cursor(half, 13);
    here.go_on(11);
    BOOST_TEST(here.later() == all_later, boost::test_tools::per_element());
}

// As a producer's id does that has expired. What hangs stays, and no copies of it pile up.
BOOST_AUTO_TEST_CASE(what_no_abort_ends_is_said_with_its_cure)
{
    world here("expired");
    here.within.publish = std::chrono::seconds(2);
    hanging_writer gone(here.address(), "expired-" + here.id());
    here.hang_event(gone, 1, 9);
    for (int opens = 0; opens < 3; ++opens) {
        kafka_sink sink(here.config, "a", here.within);
        auto const refused = sink.open();
        BOOST_REQUIRE(!refused);
        BOOST_TEST((refused.error().kind == failure_kind::unavailable));
        BOOST_TEST(refused.error().message.find("kafka-transactions.sh abort") != std::string::npos);
    }
    auto const all = consume(here.address(), here.commits, "read_uncommitted");
    BOOST_TEST(std::ranges::count_if(all, [](auto const& each) { return each.value == event_value(9); }) == 1);
}

// What the ousted node left half done is brought to its end, as nobody else would do it.
BOOST_AUTO_TEST_CASE(a_node_that_hangs_can_be_taken_over)
{
    world const here("ousted");
    {
        hanging_writer half(here.address(), here.id());
        here.hang_event(half, 1, 10);
        here.hang_cursor(half, 11);
    }
    kafka_sink heir(here.config, "b", here.within);
    heir.serve({"cloud"}, true, {7});
    auto const point = heir.open();
    BOOST_REQUIRE_MESSAGE(point.has_value(), (point ? "" : point.error().message));
    BOOST_TEST(!point->has_value());
    auto const all = consume(here.address(), here.commits);
    BOOST_TEST(std::ranges::count_if(all, [](auto const& each) { return each.value == event_value(10); }) == 1);
}

BOOST_AUTO_TEST_CASE(a_claim_that_hangs_does_not_keep_the_sink_closed)
{
    world const here("claim-hangs");
    hanging_writer claimant(here.address(), kafka::transactional_id(here.config, "/claims"));
    claimant.write(here.cursors, 0, "instance/other", R"({"owner":"b"})");
    here.go_on(10);
    kafka_sink rival(here.config, "a", here.within);
    rival.serve({"other"}, false, some_journal);
    auto const refused = rival.open();
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error().kind == failure_kind::conflict));
}

// Our records behind another's open transaction do not hang for that.
BOOST_AUTO_TEST_CASE(anothers_open_transaction_is_waited_for)
{
    world const here("others");
    raw_producer slow(here.address(), kafka::transactional_id(here.config, "slow"));
    slow.begin();
    for (auto const* key : {"cloud:0", "cloud:1", "cloud:2", "cloud:3", "cloud:4"})
        slow.send(here.commits, key, "open");
    {
        kafka_sink sink(here.config, "a", here.within);
        BOOST_REQUIRE(sink.open());
        BOOST_REQUIRE(sink.publish(events_of(11, 20), cursor_at(20)));
    }
    std::atomic<bool> ended = false;
    std::thread ending([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(1'000));
        ended = true;
        slow.abort();
    });
    here.go_on(20);
    BOOST_TEST(ended.load());
    ending.join();
    BOOST_TEST(here.later() == all_later, boost::test_tools::per_element());
}

// As long as that node is away, consumers stand still; publishing goes on.
BOOST_AUTO_TEST_CASE(what_hangs_of_another_node_is_left_to_it)
{
    world here("left-alone");
    here.within.read_cursor = std::chrono::seconds(2);
    kafka_sink other(here.config, "b", here.within);
    other.serve({"elsewhere"}, false, some_journal);
    BOOST_REQUIRE(other.open());
    hanging_writer half(here.address(), kafka::transactional_id(here.config, "b"));
    for (std::int32_t partition = 0; partition < 4; ++partition)
        half.write(here.commits, partition, "cloud:two", sample_value(1, {99, 0}, R"(hangs","bbinstance":"elsewhere)"));
    {
        kafka_sink sink(here.config, "a", here.within);
        BOOST_REQUIRE(sink.open());
        BOOST_REQUIRE(sink.publish(events_of(11, 20), cursor_at(20)));
    }
    here.go_on(20);
    BOOST_REQUIRE(other.open());
    BOOST_TEST(here.later() == all_later, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
