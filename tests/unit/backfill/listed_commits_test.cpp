// What is new of the history that a page of commits shows.
#include "backfill/listed_commits.hpp"

#include <boost/test/unit_test.hpp>

namespace bbstream::backfill {

namespace {

using hashes = std::set<std::string>;

// "cab": c with the parents a and b.
listed_commits page(std::vector<std::string> const& commits)
{
    std::string text;
    for (auto const& each : commits) {
        std::string parents;
        for (std::size_t at = 1; at < each.size(); ++at)
            parents += (parents.empty() ? "" : ",") + (R"({"id":")" + each.substr(at, 1) + R"("})");
        text += (text.empty() ? "" : ",") + (R"({"id":")" + each.substr(0, 1) + R"(","parents":[)" + parents + "]}");
    }
    return listed_commits(R"({"isLastPage":true,"values":[)" + text + "]}");
}

std::string text(std::vector<std::string> const& of)
{
    std::string all;
    for (auto const& each : of)
        all += each;
    return all;
}

}  // namespace

BOOST_AUTO_TEST_CASE(each_line_of_history_begins_somewhere)
{
    BOOST_TEST(text(page({"dc", "cb", "ba"}).beginnings({})) == "b");
    auto const merged = page({"mnf", "fe", "eb", "na"});
    BOOST_TEST(text(merged.beginnings({})) == "ne");
    BOOST_TEST(text(merged.beginnings({"e"})) == "nf");
    BOOST_TEST(text(merged.beginnings({"e", "f", "n"})) == "m");
    BOOST_TEST(text(merged.beginnings({"e", "f", "n", "m"})).empty());
    BOOST_TEST(text(listed_commits("no page").beginnings({})).empty());
    BOOST_TEST(text(listed_commits(R"({"values":[1,{"id":""},{"id":"a"}]})").beginnings({})) == "a");
}

BOOST_AUTO_TEST_CASE(what_lies_behind_what_is_told_is_told)
{
    hashes told{"e"};
    page({"mnf", "fe", "ed", "dc", "na"}).spread({{"refs/heads/x", "n"}, {"refs/heads/y", "z"}}, told);
    BOOST_TEST((told == hashes{"a", "c", "d", "e", "n"}));
}

BOOST_AUTO_TEST_CASE(they_are_all_only_where_the_page_says_so_and_could_be_read)
{
    BOOST_TEST(page({"ba"}).are_all());
    BOOST_TEST(page({}).are_all());
    BOOST_TEST(!listed_commits(R"({"values":[]})").are_all());
    BOOST_TEST(!listed_commits(R"({"isLastPage":false,"values":[]})").are_all());
    BOOST_TEST(!listed_commits(R"({"isLastPage":true,"values":[{"id":"b"},{"parents":[]}]})").are_all());
    BOOST_TEST(!listed_commits("no page").are_all());
}

BOOST_AUTO_TEST_CASE(a_line_goes_on_from_a_commit_unless_something_is_merged_into_it)
{
    BOOST_TEST(page({"dc", "cb"}).continue_from("b", {}));
    BOOST_TEST(!page({"dc", "cb"}).continue_from("a", {}));
    BOOST_TEST(!page({"dcx", "cb"}).continue_from("b", {}));
    BOOST_TEST(page({"dc", "cbx", "xb"}).continue_from("c", {"c", "x"}));
    BOOST_TEST(!page({"dc", "c"}).continue_from("b", {}));
    BOOST_TEST(!page({}).continue_from("b", {}));
}

BOOST_AUTO_TEST_CASE(two_listings_tell_what_one_of_them_leaves_out)
{
    auto const all = page({"mnf", "fe", "ed", "na"});
    BOOST_TEST((all.lacked_by(page({"mnf", "na"})) == hashes{"e", "f"}));
    BOOST_TEST(all.lacked_by(all).empty());
}

}  // namespace bbstream::backfill
