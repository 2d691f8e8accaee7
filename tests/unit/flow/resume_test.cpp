#include "flow/resume.hpp"

#include <boost/test/unit_test.hpp>

namespace flow = bbstream::flow;

namespace {

constexpr bbstream::journal::identity ours = {1};
constexpr bbstream::journal::identity foreign = {2};

bbstream::journal::journal_status journal_of(std::uint64_t first, std::uint64_t last)
{
    bbstream::journal::journal_status status;
    status.identity = ours;
    status.first = first;
    status.last = last;
    return status;
}

bbstream::sink::stored_cursor cursor_at(std::uint64_t sequence, std::uint32_t epoch = 1,
                                        bbstream::journal::identity const& identity = ours)
{
    return bbstream::sink::cursor{identity, epoch, sequence};
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_fresh_daemon_begins_with_the_first_record_of_epoch_one)
{
    auto plan = flow::plan_resume(journal_of(1, 0), {});
    BOOST_TEST(plan.epoch == 1u);
    BOOST_TEST(plan.published == 0u);
    BOOST_TEST(flow::fold_after(journal_of(1, 0), 0, plan.warnings) == 0u);
    BOOST_TEST(plan.warnings.empty());
}

BOOST_AUTO_TEST_CASE(state_behind_the_cursor_is_folded_again_without_publishing)
{
    auto plan = flow::plan_resume(journal_of(1, 100), cursor_at(90, 3));
    BOOST_TEST(plan.epoch == 3u);
    BOOST_TEST(plan.published == 90u);
    BOOST_TEST(flow::fold_after(journal_of(1, 100), 40, plan.warnings) == 40u);
    BOOST_TEST(plan.warnings.empty());
}

BOOST_AUTO_TEST_CASE(a_replaced_sink_gets_all_that_the_journal_still_holds)
{
    auto plan = flow::plan_resume(journal_of(31, 100), {});
    BOOST_TEST(plan.epoch == 1u);
    BOOST_TEST(plan.published == 30u);
    BOOST_TEST(flow::fold_after(journal_of(31, 100), 0, plan.warnings) == 30u);
    BOOST_TEST(plan.warnings.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_journal_of_another_identity_begins_an_epoch)
{
    auto const plan = flow::plan_resume(journal_of(1, 5), cursor_at(1000, 4, foreign));
    BOOST_TEST(plan.epoch == 5u);
    BOOST_TEST(plan.published == 0u);
    BOOST_TEST(plan.warnings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_journal_that_lost_published_records_begins_an_epoch_so_that_no_sequence_is_used_twice)
{
    auto const plan = flow::plan_resume(journal_of(1, 50), cursor_at(60));
    BOOST_TEST(plan.epoch == 2u);
    BOOST_TEST(plan.published == 50u);
    BOOST_TEST(plan.warnings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_trimmed_journal_that_lacks_what_the_state_needs_is_said)
{
    auto plan = flow::plan_resume(journal_of(31, 100), cursor_at(90));
    BOOST_TEST(plan.published == 90u);
    BOOST_TEST(flow::fold_after(journal_of(31, 100), 0, plan.warnings) == 30u);
    BOOST_REQUIRE(plan.warnings.size() == 1u);
    BOOST_TEST(plan.warnings.front().find("1 to 30") != std::string::npos);
}
