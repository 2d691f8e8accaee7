#include "flow/handover.hpp"

#include <boost/test/unit_test.hpp>

#include <thread>

namespace flow = bbstream::flow;

namespace {

constexpr std::chrono::milliseconds patience{10'000};

flow::parcel parcel_through(std::uint64_t sequence)
{
    flow::parcel made;
    made.next.sequence = sequence;
    return made;
}

}  // namespace

BOOST_AUTO_TEST_CASE(one_parcel_waits_at_most)
{
    flow::handover between;
    auto first = parcel_through(1), second = parcel_through(2);
    BOOST_TEST(between.try_put(first));
    BOOST_TEST(!between.try_put(second));
    BOOST_TEST(between.take(patience)->next.sequence == 1u);
    BOOST_TEST(between.wait_room());
    BOOST_TEST(between.try_put(second));
}

BOOST_AUTO_TEST_CASE(what_waits_at_the_close_is_still_taken)
{
    flow::handover between;
    auto last = parcel_through(9);
    BOOST_TEST(between.try_put(last));
    between.close();
    BOOST_TEST(between.take(patience)->next.sequence == 9u);
    BOOST_TEST(between.finished());
    BOOST_TEST(!between.take(patience).has_value());
}

BOOST_AUTO_TEST_CASE(a_close_wakes_who_waits_for_room)
{
    flow::handover between;
    auto waiting = parcel_through(1);
    BOOST_TEST(between.try_put(waiting));
    bool room = true;
    std::jthread waiter([&] { room = between.wait_room(); });
    between.close();
    waiter.join();
    BOOST_TEST(!room);
}

BOOST_AUTO_TEST_CASE(a_used_batch_serves_again_empty)
{
    flow::handover between;
    bbstream::event::batch used;
    used.begin(bbstream::event::topic::commit, {1, 0});
    used.end_key();
    used.end_value();
    used.end_headers();
    between.give_back(std::move(used));
    BOOST_TEST(between.spare().empty());
    BOOST_TEST(between.spare().empty());
}
