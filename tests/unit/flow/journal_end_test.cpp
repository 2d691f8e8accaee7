#include "flow/journal_end.hpp"

#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

namespace {

constexpr bbstream::journal::identity ours = {1};
constexpr bbstream::journal::identity foreign = {2};

struct in_directory {
    std::uint64_t noted(std::uint64_t last, bbstream::journal::identity const& journal = ours,
                        std::uint64_t applied = 2) const
    {
        bbstream::flow::journal_end end(path(), journal);
        BOOST_TEST(end.note(last, applied).has_value());
        return end.last();
    }
    void forget() const { BOOST_TEST(bbstream::flow::journal_end(path(), ours).forget().has_value()); }
    std::string path() const { return directory.path().string(); }

    bbstream::test::temporary_directory const directory;
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(the_earliest_end_stays_noted_over_starts_until_it_is_forgotten, in_directory)
{
    BOOST_TEST(noted(5) == 5u);
    BOOST_TEST(noted(12) == 5u);
    BOOST_TEST(noted(3) == 3u);
    BOOST_TEST(noted(12) == 3u);
    forget();
    BOOST_TEST(std::filesystem::is_empty(path()));
    BOOST_TEST(noted(12) == 12u);
    forget();
    forget();
}

BOOST_FIXTURE_TEST_CASE(the_note_of_another_journal_counts_for_nothing, in_directory)
{
    BOOST_TEST(noted(5, foreign) == 5u);
    BOOST_TEST(noted(12) == 12u);
    BOOST_TEST(noted(12, foreign) == 12u);
}

BOOST_FIXTURE_TEST_CASE(a_note_from_before_a_checkpoint_counts_for_nothing, in_directory)
{
    BOOST_TEST(noted(5, ours, 4) == 5u);
    BOOST_TEST(noted(12, ours, 3) == 5u);
    BOOST_TEST(noted(12, ours, 4) == 12u);
}

BOOST_FIXTURE_TEST_CASE(what_is_no_note_counts_for_nothing, in_directory)
{
    auto const hex = std::string("01") + std::string(30, '0');
    for (auto const* text : {"", "\n", " 5 2\n", "x 5 2\n"}) {
        std::ofstream(path() + "/journal-end") << text;
        BOOST_TEST(noted(12) == 12u);
    }
    for (auto const* tail : {" 5 2", " 5 2x\n", "5 2\n", " 5\n", " \n", " 5 x\n", " 99999999999999999999 2\n"}) {
        std::ofstream(path() + "/journal-end") << hex << tail;
        BOOST_TEST(noted(12) == 12u);
    }
    std::ofstream(path() + "/journal-end") << hex << " 5 2\n";
    BOOST_TEST(noted(12) == 5u);
}

BOOST_FIXTURE_TEST_CASE(an_end_that_can_not_be_noted_counts_until_the_process_ends, in_directory)
{
    bbstream::flow::journal_end end(path() + "/missing", ours);
    BOOST_TEST(!end.note(5, 0).has_value());
    BOOST_TEST(end.last() == 5u);
}
