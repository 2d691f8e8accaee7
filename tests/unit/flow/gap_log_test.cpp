// What is gathered of gaps, from the state that a fold begins with and from events.
#include "flow/gap_log.hpp"

#include "normalize/state_key.hpp"

#include <boost/test/unit_test.hpp>

#include <variant>

namespace bbstream::flow {

namespace {

constexpr micros second = 1'000'000;

event::uuid numbered(unsigned char number)
{
    event::uuid id;
    id.bytes[15] = number;
    return id;
}

struct told {
    event::repository repository;
    event::delivery by;
    event::uuid cause;

    told()
    {
        repository.id = "r1";
        repository.full_name = "acme/one";
        by.instance = "cloud";
        by.repository = &repository;
    }

    event::event gap(unsigned char number, micros at)
    {
        by.received = at;
        event::event made;
        made.type = event::type::system_gap_detected;
        made.id = numbered(number);
        made.delivery = &by;
        made.data = event::gap_detected{{"refs/heads/main", "main", "branch"}, {}, "aa", "bb", "truncated"};
        return made;
    }

    event::event end(unsigned char number, micros at, std::uint64_t unfillable)
    {
        by.received = at;
        cause = numbered(number);
        event::event made;
        made.type = event::type::system_backfill_finished;
        made.cause = number == 0 ? nullptr : &cause;
        made.delivery = &by;
        made.data = event::backfill_finished{"refs/heads/main", 1, "filled", 3, unfillable};
        return made;
    }
};

}  // namespace

BOOST_AUTO_TEST_CASE(gaps_are_open_until_they_end)
{
    told say;
    gap_log log(0);
    log.take(say.gap(1, 10 * second));
    log.take(say.gap(2, 20 * second));
    log.take(say.gap(3, 30 * second));
    log.take(say.end(1, 40 * second, 0));
    log.take(say.end(2, 50 * second, 4));
    BOOST_TEST_REQUIRE(log.gaps().size() == 3u);
    BOOST_TEST((log.gaps()[0].end == gap_end::filled));
    BOOST_TEST(log.gaps()[0].repository == "acme/one");
    BOOST_TEST(log.gaps()[0].ref == "refs/heads/main");
    BOOST_TEST(log.gaps()[0].found == 3u);
    BOOST_TEST(log.gaps()[0].ended == 40 * second);
    BOOST_TEST((log.gaps()[1].end == gap_end::unfillable));
    BOOST_TEST(log.gaps()[1].missing == 4u);
    BOOST_TEST((log.gaps()[2].end == gap_end::open));
}

BOOST_AUTO_TEST_CASE(what_was_seen_before_is_left_out_with_its_end)
{
    told say;
    gap_log log(20 * second);
    log.take(say.gap(1, 10 * second));
    log.take(say.gap(2, 20 * second));
    log.take(say.end(1, 30 * second, 0));
    BOOST_TEST_REQUIRE(log.gaps().size() == 1u);
    BOOST_TEST((log.gaps()[0].end == gap_end::open));
}

BOOST_AUTO_TEST_CASE(an_end_without_a_gap_is_one_of_the_whole_repository)
{
    told say;
    gap_log log(0);
    log.take(say.end(0, 10 * second, 2));
    BOOST_TEST_REQUIRE(log.gaps().size() == 1u);
    BOOST_TEST(log.gaps()[0].ref.empty());
    BOOST_TEST((log.gaps()[0].end == gap_end::unfillable));
}

BOOST_AUTO_TEST_CASE(older_commits_that_were_asked_for_are_no_gap)
{
    told say;
    gap_log log(0);
    auto asked = say.end(0, 10 * second, 1);
    std::get<event::backfill_finished>(asked.data).scope = event::history_scope;
    log.take(asked);
    BOOST_TEST(log.gaps().empty());
}

BOOST_AUTO_TEST_CASE(what_is_open_before_the_first_record_is_known_by_the_state)
{
    state::state from(64 << 20);
    auto& of = from.shard(3).make_reconciliation({1, 3});
    of.instance = "cloud";
    of.repository = "r1";
    state::request open;
    open.kind = state::request_kind::chain;
    open.ref = "refs/heads/main";
    open.after = state::head::of_hex(std::string(40, 'b'));
    open.gap = normalize::state_key(numbered(7));
    open.change = normalize::state_key(numbered(8));
    open.made = 5;
    auto unlisted = open;
    unlisted.gap = {};
    of.requests = {open, unlisted};

    told say;
    gap_log log(0);
    log.begin(from);
    BOOST_TEST_REQUIRE(log.gaps().size() == 1u);
    BOOST_TEST(log.gaps()[0].reason == "chain");
    BOOST_TEST(log.gaps()[0].after == std::string(40, 'b'));
    BOOST_TEST(log.gaps()[0].seen == 5 * second);
    log.take(say.end(7, 10 * second, 0));
    BOOST_TEST((log.gaps()[0].end == gap_end::filled));
    BOOST_TEST(log.gaps()[0].repository == "acme/one");
}

}  // namespace bbstream::flow
