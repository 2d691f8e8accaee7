// How what is not urgent gives way where Bitbucket says that little is left of the limit.
#include "rest/restraint.hpp"

#include "rest_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream;
using namespace bbstream::rest;
using namespace bbstream::test;
using std::chrono::seconds;

namespace {

instant const begin{seconds(1'000'000)};
constexpr double usual = 0.25;

allowance near_limit(std::optional<std::uint64_t> remaining = {}, std::optional<seconds> reset = {})
{
    allowance said;
    said.limit = 10'000;
    said.remaining = remaining;
    said.reset = reset;
    said.nearly_used_up = true;
    return said;
}

allowance plenty()
{
    allowance said;
    said.limit = 10'000;
    said.remaining = 9'000;
    return said;
}

// What is sent within so many seconds by someone who always has something to send; `told` by each answer.
int sent_within(restraint& by, instant from, seconds time, std::optional<allowance> const& told = {})
{
    int sent = 0;
    for (auto now = from; now < from + time; now += seconds(1))
        if (now >= by.ready_at()) {
            by.note_sent(now);
            ++sent;
            if (told)
                by.note(*told, now);
        }
    return sent;
}

struct paced {
    bool admits_now(priority urgency)
    {
        auto const admitted = std::make_shared<bool>(false);  // it may go later, or end with the loop
        boost::asio::co_spawn(loop, by.admit(urgency),
                              [admitted](std::exception_ptr const&, bool may) { *admitted = may; });
        loop.restart();
        loop.poll();
        return *admitted;
    }
    // Those that wait end, too.
    void end()
    {
        by.stop();
        loop.restart();
        loop.run();
    }

    boost::asio::io_context loop;
    pacer by{loop.get_executor(), {1, 1'000}, {}};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(restraint_of_what_is_not_urgent)

BOOST_AUTO_TEST_CASE(nothing_restrains_it_while_enough_is_left)
{
    restraint by(usual);
    by.note(plenty(), begin);
    BOOST_TEST(!by.holds(begin));
    BOOST_TEST(by.per_second(begin) == usual);
    BOOST_TEST(sent_within(by, begin, seconds(50)) == 50);
}

BOOST_AUTO_TEST_CASE(near_the_limit_a_fifth_of_the_rate_is_sent)
{
    restraint by(usual);
    by.note_sent(begin);
    by.note(near_limit(), begin);
    BOOST_TEST(by.per_second(begin) == usual / 5);
    BOOST_TEST(sent_within(by, begin, seconds(200)) == 9);  // 20 s apart
    // As long as answers say so.
    BOOST_TEST(sent_within(by, begin + seconds(200), seconds(3'600), near_limit()) == 180);
}

BOOST_AUTO_TEST_CASE(it_ends_some_time_after_the_last_answer_that_said_so)
{
    restraint by(usual);
    by.note(near_limit(), begin);
    by.note(near_limit(), begin + seconds(100));
    by.note(plenty(), begin + seconds(200));
    BOOST_TEST(by.holds(begin + seconds(399)));
    BOOST_TEST(!by.holds(begin + seconds(400)));
    by.note_sent(begin + seconds(399));
    BOOST_TEST((by.ready_at() == begin + seconds(400)));
}

BOOST_AUTO_TEST_CASE(a_told_limit_below_the_configured_rate_counts)
{
    restraint by(usual);
    auto said = near_limit();
    said.limit = 360;
    by.note_sent(begin);
    by.note(said, begin);
    BOOST_TEST((by.ready_at() > begin + seconds(49) && by.ready_at() < begin + seconds(51)));
    said.limit = 1;  // never so little that nothing is sent
    by.note(said, begin);
    BOOST_TEST((by.ready_at() == begin + restrained_for));
}

BOOST_AUTO_TEST_CASE(where_nothing_remains_it_waits_until_more_does)
{
    restraint by(usual);
    by.note(near_limit(0, seconds(600)), begin);
    BOOST_TEST((by.ready_at() == begin + seconds(600)));
    by.note(near_limit(0), begin + seconds(10));  // nothing new of when
    BOOST_TEST((by.ready_at() == begin + seconds(600)));
    by.note(near_limit(3), begin + seconds(20));
    BOOST_TEST((by.ready_at() <= begin + seconds(40)));
}

BOOST_AUTO_TEST_CASE(that_wait_is_put_off_no_longer_than_an_hour)
{
    restraint by(usual);
    for (int minute = 0; minute < 60; ++minute)
        by.note(near_limit(0, seconds(3'600)), begin + std::chrono::minutes(minute));
    BOOST_TEST((by.ready_at() == begin + std::chrono::hours(1)));
    by.note(near_limit(0, seconds(60)), begin + std::chrono::hours(1));  // another wait
    BOOST_TEST((by.ready_at() == begin + std::chrono::hours(1) + seconds(60)));
}

BOOST_AUTO_TEST_CASE(urgent_requests_go_as_ever)
{
    paced daemon;
    BOOST_TEST(daemon.by.note(near_limit(0, seconds(600))));
    BOOST_TEST(!daemon.by.note(near_limit()));
    BOOST_TEST(!daemon.admits_now(priority::backfill));
    for (int number = 0; number < 900; ++number)
        BOOST_TEST(daemon.admits_now(priority::live));
    BOOST_TEST(daemon.by.lend(10).requests == 10u);
    daemon.end();
}

BOOST_AUTO_TEST_CASE(what_waits_goes_on_when_more_remains)
{
    paced daemon;
    daemon.by.note(near_limit(0, seconds(600)));
    int admitted = 0;
    boost::asio::co_spawn(daemon.loop, daemon.by.admit(priority::backfill),
                          [&](std::exception_ptr const&, bool may) { admitted += may; });
    daemon.loop.poll();
    BOOST_TEST(admitted == 0);
    daemon.by.note(near_limit(5));
    daemon.loop.restart();
    daemon.loop.poll();
    BOOST_TEST(admitted == 1);
    BOOST_TEST(!daemon.admits_now(priority::backfill));  // but slowly
    daemon.end();
}

BOOST_AUTO_TEST_CASE(data_centers_headers_restrain_nothing)
{
    scripted_server server([](asked const&) {
        return answer_with(200, "{}", "X-RateLimit-NearLimit: true\r\nX-RateLimit-Limit: 60\r\n");
    });
    for (auto const platform : {product::cloud, product::datacenter}) {
        client_of to(server.url(), platform);
        BOOST_TEST(to.get("/one").has_value());
        BOOST_TEST(to.client().left().nearly_used_up);
        auto const slower = to.client().background_per_second() < 1'000;
        BOOST_TEST(slower == (platform == product::cloud));
    }
}

BOOST_AUTO_TEST_SUITE_END()
