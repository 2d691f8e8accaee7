#include "flow/audit_plan.hpp"

#include <boost/test/unit_test.hpp>

namespace flow = bbstream::flow;

namespace {

constexpr bbstream::journal::identity ours = {1};

flow::audit_plan planned(std::uint64_t journal_first, flow::checkpoint_range state, flow::audit_wish const& wish = {},
                         std::uint64_t published = 90)
{
    bbstream::journal::journal_status journal;
    journal.identity = ours;
    journal.first = journal_first;
    journal.last = 100;
    return flow::plan_audit(journal, state, bbstream::sink::cursor{ours, 3, published}, wish).value();
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_whole_journal_is_folded_from_empty)
{
    auto const plan = planned(1, {});
    BOOST_TEST(plan.fold_after == 0u);
    BOOST_TEST(plan.epoch == 3u);
    BOOST_TEST(plan.first == 1u);
    BOOST_TEST(plan.last == 90u);
    BOOST_TEST(!plan.skips);
    BOOST_TEST(plan.notes.empty());
}

BOOST_AUTO_TEST_CASE(a_range_is_folded_from_the_checkpoints_before_it)
{
    auto const plan = planned(1, {10, 19}, {20, 30});
    BOOST_TEST(plan.fold_after == 10u);
    BOOST_TEST(plan.first == 20u);
    BOOST_TEST(plan.last == 30u);
    BOOST_TEST(!plan.skips);
}

BOOST_AUTO_TEST_CASE(a_trimmed_journal_is_exact_behind_the_checkpoints_that_there_are)
{
    auto const plan = planned(31, {40, 80});
    BOOST_TEST(plan.fold_after == 40u);
    BOOST_TEST(plan.first == 81u);
    BOOST_TEST(plan.last == 90u);
    BOOST_TEST(plan.skips);
    BOOST_REQUIRE(plan.notes.size() == 1u);
    BOOST_TEST(plan.notes[0].find("31 to 80") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_was_not_asked_for_is_not_skipped)
{
    auto const plan = planned(31, {40, 80}, {85, {}});
    BOOST_TEST(plan.first == 85u);
    BOOST_TEST(!plan.skips);
    BOOST_TEST(plan.notes.empty());
}

BOOST_AUTO_TEST_CASE(where_a_shard_has_no_usable_checkpoint_nothing_of_a_trimmed_journal_is_exact)
{
    auto const plan = planned(31, {0, 80});
    BOOST_TEST(plan.first > plan.last);
    BOOST_TEST(plan.skips);
    BOOST_REQUIRE(plan.notes.size() == 1u);
    BOOST_TEST(plan.notes[0].find("31 to 90") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(records_that_are_gone_or_not_published_yet_are_said)
{
    auto const plan = planned(31, {30, 30}, {10, 95});
    BOOST_TEST(plan.first == 31u);
    BOOST_TEST(plan.last == 90u);
    BOOST_TEST(plan.skips);
    BOOST_REQUIRE(plan.notes.size() == 2u);
    BOOST_TEST(plan.notes[0].find("91 to 95") != std::string::npos);
    BOOST_TEST(plan.notes[1].find("10 to 30") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_range_behind_the_cursor_has_nothing_to_fold)
{
    auto const plan = planned(1, {}, {95, {}});
    BOOST_TEST(plan.first > plan.last);
    BOOST_TEST(plan.skips);
    BOOST_TEST(plan.notes.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_sink_without_a_cursor_has_nothing_to_fold)
{
    auto const plan = flow::plan_audit({}, {}, {}, {}).value();
    BOOST_TEST(plan.first > plan.last);
    BOOST_TEST(!plan.skips);
    BOOST_TEST(plan.notes.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_sink_of_another_journal_or_ahead_of_it_can_not_be_folded_for)
{
    bbstream::journal::journal_status journal;
    journal.identity = ours;
    journal.first = 1;
    journal.last = 100;
    auto const foreign = flow::plan_audit(journal, {}, bbstream::sink::cursor{{2}, 1, 50}, {});
    BOOST_TEST((foreign.error().kind == bbstream::failure_kind::invalid));
    auto const ahead = flow::plan_audit(journal, {}, bbstream::sink::cursor{ours, 1, 101}, {});
    BOOST_TEST((ahead.error().kind == bbstream::failure_kind::corrupt));
}
