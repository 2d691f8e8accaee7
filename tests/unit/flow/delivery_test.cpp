#include "flow/delivery.hpp"

#include "support/fake_sink.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>

namespace flow = bbstream::flow;
using bbstream::event::position;
using bbstream::test::fake_sink;
using fault = fake_sink::fault;

namespace {

constexpr bbstream::journal::identity ours = {7};

flow::parcel parcel_of(std::uint64_t sequence, std::uint32_t events)
{
    flow::parcel made;
    for (std::uint32_t index = 0; index < events; ++index) {
        made.events.begin(bbstream::event::topic::commit, {sequence, index});
        made.events.bytes() += "key";
        made.events.end_key();
        made.events.bytes() += "value " + std::to_string(sequence) + "." + std::to_string(index);
        made.events.end_value();
        made.events.end_headers();
    }
    made.next = {ours, 1, sequence};
    return made;
}

// Delivers parcels 1..count, of two events each.
struct run {
    void deliver(std::uint64_t count)
    {
        std::jthread worker([this](std::stop_token stop) {
            delivery.run(stop, [this](std::string why) {
                fatal = std::move(why);
                ended = true;
            });
        });
        if (delivery.wait_open()) {
            for (std::uint64_t sequence = 1; sequence <= count; ++sequence) {
                auto next = parcel_of(sequence, 2);
                while (!handover.try_put(next) && !ended)
                    std::this_thread::yield();
            }
        }
        handover.close();
        worker.join();
    }

    // The next parcel, whose publishing fails at first; since the sink was opened its cursor has moved.
    void deliver_after_a_move(bbstream::sink::cursor const& before, bbstream::sink::cursor const& after)
    {
        sink.script = {fault::publish_lost};
        sink.set_cursor(before);
        std::jthread worker(
            [this](std::stop_token stop) { delivery.run(stop, [this](std::string why) { fatal = std::move(why); }); });
        BOOST_REQUIRE(delivery.wait_open().has_value());
        sink.set_cursor(after);
        auto next = parcel_of(before.sequence + 1, 1);
        BOOST_TEST(handover.try_put(next));
        handover.close();
        worker.join();
    }

    std::vector<position> positions() const
    {
        std::vector<position> found;
        for (auto const& line : sink.lines())
            found.push_back(line.position);
        return found;
    }

    fake_sink sink;
    flow::handover handover;
    bbstream::observe::metrics metrics;
    flow::publish_probe probe{metrics};
    flow::delivery delivery{sink, handover, probe, {std::chrono::milliseconds(1), std::chrono::milliseconds(2)}};
    std::string fatal;  // to be read once the worker has ended
    std::atomic<bool> ended = false;
};

std::vector<position> const each_once = {{1, 0}, {1, 1}, {2, 0}, {2, 1}, {3, 0}, {3, 1}};

}  // namespace

BOOST_AUTO_TEST_CASE(parcels_come_out_in_order_and_move_the_cursor)
{
    run it;
    it.deliver(3);
    BOOST_TEST((it.positions() == each_once));
    BOOST_TEST(it.delivery.committed() == 3u);
    BOOST_TEST(it.sink.cursor()->sequence == 3u);
    BOOST_TEST(it.fatal.empty());
}

BOOST_AUTO_TEST_CASE(whatever_step_fails_each_event_comes_out_once)
{
    for (auto const first : {fault::none, fault::open_unavailable, fault::publish_lost, fault::publish_unanswered})
        for (auto const second : {fault::none, fault::open_unavailable, fault::publish_lost, fault::publish_unanswered})
            for (auto const third : {fault::publish_lost, fault::publish_unanswered, fault::open_unavailable}) {
                run it;
                it.sink.script = {first, second, third};
                it.deliver(3);
                BOOST_TEST((it.positions() == each_once));
                BOOST_TEST(it.fatal.empty());
                BOOST_TEST(it.delivery.trouble().empty());
            }
}

BOOST_AUTO_TEST_CASE(a_first_publish_that_fails_half_way_is_taken_up)
{
    run it;
    it.sink.script = {fault::publish_begun, fault::publish_begun};
    it.deliver(3);
    BOOST_TEST((it.positions() == each_once));
    BOOST_TEST(it.fatal.empty());
}

BOOST_AUTO_TEST_CASE(a_sink_that_can_not_be_opened_for_good_is_fatal_at_the_start)
{
    run it;
    it.sink.script = {fault::open_permanent};
    it.deliver(3);
    BOOST_TEST(it.fatal.find("topics are missing") != std::string::npos);
    BOOST_TEST(it.positions().empty());
}

BOOST_AUTO_TEST_CASE(what_another_daemon_serves_is_left_to_it)
{
    run at_start;
    at_start.sink.script = {fault::open_conflict};
    at_start.deliver(1);
    BOOST_TEST(at_start.fatal.find("another node serves it") != std::string::npos);
    BOOST_TEST(at_start.sink.publishes() == 0u);
    run taken_over;
    taken_over.sink.script = {fault::publish_lost, fault::open_conflict};
    taken_over.deliver(2);
    BOOST_TEST(taken_over.fatal.find("another node serves it") != std::string::npos);
    BOOST_TEST(taken_over.positions().empty());
}

BOOST_AUTO_TEST_CASE(a_cursor_that_another_process_moved_is_fatal)
{
    run it;
    it.deliver_after_a_move({ours, 1, 0}, {{9}, 5, 77});
    BOOST_TEST(it.fatal.find("cursor") != std::string::npos);
    BOOST_TEST(it.positions().empty());
}

BOOST_AUTO_TEST_CASE(a_cursor_that_went_back_since_the_start_is_fatal_though_nothing_was_published_yet)
{
    run it;
    it.deliver_after_a_move({ours, 1, 10}, {ours, 1, 7});
    BOOST_TEST(it.fatal.find("cursor") != std::string::npos);
    BOOST_TEST(it.positions().empty());
}

BOOST_AUTO_TEST_CASE(an_event_that_is_refused_for_good_becomes_a_dead_letter_in_its_place)
{
    run it;
    it.sink.refuses = position{2, 0};
    it.deliver(3);
    BOOST_TEST((it.positions() == each_once));
    auto const letter = it.sink.lines().at(2);
    BOOST_TEST((letter.topic == bbstream::event::topic::dlq));
    BOOST_TEST(letter.key == "key");
    BOOST_TEST(letter.value.find("\"error\":\"too large\"") != std::string::npos);
    BOOST_TEST(letter.value.find("0001.0000000000000000002.000000") != std::string::npos);
    BOOST_TEST(letter.value.find(R"("stage":"publish")") != std::string::npos);
    BOOST_TEST(letter.value.find(R"("content":"value 2.0")") != std::string::npos);
}
