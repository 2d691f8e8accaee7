// Which changes of a push log lead from where a ref is known to stand to where it is seen.
#include "backfill/push_log_chain.hpp"

#include <boost/test/unit_test.hpp>

namespace bbstream::backfill {

namespace {

std::string const ref = "refs/heads/main";

state::head head(char name)
{
    return name == '0' ? state::head() : state::head::of_hex(std::string(40, name));
}

normalize::doubted_ref moved(char from, char to, state::seconds known_at = 0)
{
    return {ref, head(from), head(to), known_at};
}

// The change from a to b, made in that second.
std::string row(int id, std::string const& move, unsigned at, int repository = 7, std::string const& of = ref)
{
    auto const* const type = move[0] == '0' ? "ADD" : move[1] == '0' ? "DELETE" : "UPDATE";
    return R"({"id":)" + std::to_string(id) + R"(,"createdDate":)" + std::to_string(at * 1000ull) +
           R"(,"repository":{"id":)" + std::to_string(repository) + R"(},"refChange":{"refId":")" + of +
           R"(","fromHash":")" + std::string(40, move[0]) + R"(","toHash":")" + std::string(40, move[1]) +
           R"(","type":")" + type + R"("}})";
}

// "cd bc ab": the newest first, from the second `at` on backwards.
std::string page(std::string const& moves, unsigned at = 100)
{
    std::string list;
    for (std::size_t place = 0; place < moves.size(); place += 3, --at)
        list += (list.empty() ? "" : ",") + row(static_cast<int>(at), moves.substr(place, 2), at);
    return R"({"values":[)" + list + "]}";
}

std::string chain_of(normalize::doubted_ref of, std::string const& log)
{
    push_log_chain chain(std::move(of), "7");
    chain.take(log);
    return chain.text();
}

}  // namespace

BOOST_AUTO_TEST_CASE(it_goes_back_to_where_the_ref_is_known_to_stand)
{
    push_log_chain chain(moved('a', 'd'), "7");
    BOOST_TEST(!chain.ended());
    chain.take(page("cd bc ab xa"));
    BOOST_TEST(chain.ended());
    BOOST_TEST(chain.text() == page("cd bc ab"));
    BOOST_TEST(chain_of(moved('a', 'b'), page("0b a0 0a")) == page("0b a0"));
    BOOST_TEST(chain_of(moved('0', 'b'), page("ab 0a x0")) == page("ab 0a"));
    BOOST_TEST(chain_of(moved('a', '0'), page("b0 ab")) == page("b0 ab"));
}

BOOST_AUTO_TEST_CASE(it_may_go_on_for_several_pages)
{
    push_log_chain chain(moved('a', 'd'), "7");
    chain.take(page("cd"));
    BOOST_TEST(!chain.ended());
    BOOST_TEST(chain.text().empty());
    chain.take(page("bc ab", 99));
    BOOST_TEST(chain.text() == page("cd bc ab"));
}

BOOST_AUTO_TEST_CASE(a_change_that_a_page_repeats_counts_once)
{
    push_log_chain chain(moved('a', 'b', 50), "7");
    chain.take(page("ab ba"));
    chain.take(page("ab ba ab", 100));
    BOOST_TEST(chain.text() == page("ab ba ab"));
}

BOOST_AUTO_TEST_CASE(a_ref_that_came_back_meanwhile_is_followed_to_when_it_was_known_to_be_there)
{
    auto const log = page("ab ba ab xa ax ba");
    BOOST_TEST(chain_of(moved('a', 'b', 97), log) == page("ab ba ab"));
    BOOST_TEST(chain_of(moved('a', 'b', 98), log) == page("ab"));  // it may have been told within that second
    BOOST_TEST(chain_of(moved('a', 'b', 99), log) == page("ab"));
    BOOST_TEST(chain_of(moved('a', 'b', 200), log) == page("ab"));  // clocks differ
    BOOST_TEST(chain_of(moved('a', 'b', 0), log) == page("ab"));    // nobody knows
}

BOOST_AUTO_TEST_CASE(where_it_does_not_lead_to_what_is_seen_it_tells_nothing)
{
    BOOST_TEST(chain_of(moved('a', 'c'), page("cd bc ab")).empty());
    BOOST_TEST(chain_of(moved('a', 'd'), page("cd ab")).empty());
    BOOST_TEST(chain_of(moved('a', 'd'), page("cd bc")).empty());
    BOOST_TEST(chain_of(moved('a', 'd'), page("")).empty());
}

BOOST_AUTO_TEST_CASE(what_is_of_another_repository_or_ref_or_no_row_ends_it)
{
    auto const list = [](std::string const& rows) { return R"({"values":[)" + rows + "]}"; };
    BOOST_TEST(!chain_of(moved('a', 'b'), list(row(1, "ab", 9))).empty());
    BOOST_TEST(chain_of(moved('a', 'b'), list(row(1, "ab", 9, 8))).empty());
    BOOST_TEST(chain_of(moved('a', 'b'), list(row(1, "ab", 9, 7, "refs/heads/other"))).empty());
    BOOST_TEST(chain_of(moved('a', 'b'), list("1," + row(1, "ab", 9))).empty());
    BOOST_TEST(chain_of(moved('a', 'b'), R"({"errors":[]})").empty());
    BOOST_TEST(chain_of(moved('a', 'b'), "<html>").empty());
}

BOOST_AUTO_TEST_CASE(a_log_that_is_too_large_tells_nothing)
{
    push_log_chain chain(moved('a', 'b', 50), "7");
    std::string const padding = R"({"x":")" + std::string(1u << 20, 'x') + R"(",)";
    for (int at = 0; at < 5; ++at)
        chain.take(R"({"values":[)" + padding + row(at, at % 2 == 0 ? "ab" : "ba", 100).substr(1) + "]}");
    BOOST_TEST(chain.ended());
    BOOST_TEST(chain.text().empty());
}

}  // namespace bbstream::backfill
