#include "flow/audit_plan.hpp"

#include <boost/test/unit_test.hpp>

namespace flow = bbstream::flow;

namespace {

constexpr bbstream::journal::identity ours = {1};

flow::audit_plan planned(std::uint64_t journal_first, std::optional<flow::checkpoint_range> state,
                         flow::audit_wish const& wish = {}, std::uint64_t published = 90)
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
    auto const plan = planned(1, flow::checkpoint_range{40, 80});
    BOOST_TEST(!plan.from_checkpoints);
    BOOST_TEST(plan.fold_after == 0u);
    BOOST_TEST(plan.epoch == 3u);
    BOOST_TEST(plan.first == 1u);
    BOOST_TEST(plan.last == 90u);
    BOOST_TEST(!plan.skips);
    BOOST_TEST(plan.notes.empty());
}

BOOST_AUTO_TEST_CASE(a_range_of_a_whole_journal_is_folded_from_empty_too)
{
    auto const plan = planned(1, {}, {20, 30});
    BOOST_TEST(plan.fold_after == 0u);
    BOOST_TEST(plan.first == 20u);
    BOOST_TEST(plan.last == 30u);
    BOOST_TEST(!plan.skips);
}

BOOST_AUTO_TEST_CASE(a_trimmed_journal_is_compared_behind_its_newest_checkpoints)
{
    auto const plan = planned(31, flow::checkpoint_range{40, 80});
    BOOST_TEST(plan.from_checkpoints);
    BOOST_TEST(plan.fold_after == 40u);
    BOOST_TEST(plan.first == 81u);
    BOOST_TEST(plan.last == 90u);
    BOOST_TEST(plan.skips);
    BOOST_REQUIRE(plan.notes.size() == 1u);
    BOOST_TEST(plan.notes[0].find("31 to 80") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_was_not_asked_for_is_not_skipped)
{
    auto const plan = planned(31, flow::checkpoint_range{40, 80}, {85, {}});
    BOOST_TEST(plan.first == 85u);
    BOOST_TEST(!plan.skips);
    BOOST_TEST(plan.notes.empty());
}

BOOST_AUTO_TEST_CASE(without_usable_checkpoints_nothing_of_a_trimmed_journal_can_be_compared)
{
    for (auto const& state : {std::optional<flow::checkpoint_range>(), std::optional(flow::checkpoint_range{20, 80})}) {
        auto const plan = planned(31, state);
        BOOST_TEST(plan.first > plan.last);
        BOOST_TEST(plan.skips);
        BOOST_REQUIRE(plan.notes.size() == 1u);
        BOOST_TEST(plan.notes[0].find("31 to 90") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(records_that_are_gone_or_not_published_yet_are_said)
{
    auto const plan = planned(31, flow::checkpoint_range{30, 30}, {10, 95});
    BOOST_TEST(plan.first == 31u);
    BOOST_TEST(plan.last == 90u);
    BOOST_TEST(plan.skips);
    BOOST_REQUIRE(plan.notes.size() == 2u);
    BOOST_TEST(plan.notes[0].find("91 to 95") != std::string::npos);
    BOOST_TEST(plan.notes[1].find("10 to 30") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_range_behind_the_cursor_has_nothing_to_compare)
{
    auto const plan = planned(1, {}, {95, {}});
    BOOST_TEST(plan.first > plan.last);
    BOOST_TEST(plan.skips);
    BOOST_TEST(plan.notes.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_sink_without_a_cursor_has_nothing_to_compare)
{
    auto const plan = flow::plan_audit({}, {}, {}, {}).value();
    BOOST_TEST(plan.first > plan.last);
    BOOST_TEST(!plan.skips);
    BOOST_TEST(plan.notes.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_sink_of_another_journal_or_ahead_of_it_can_not_be_compared)
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
