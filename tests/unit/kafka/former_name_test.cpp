#include "kafka/former_name.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream;
using namespace bbstream::kafka;

namespace {

constexpr journal::identity ours = {7};
constexpr journal::identity another = {8};

sink::cursor at(std::uint64_t sequence, journal::identity const& journal = ours)
{
    return {journal, 1, sequence};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_node_with_another_name)

BOOST_AUTO_TEST_CASE(the_newest_cursor_of_this_journal_counts)
{
    cursor_topic_content found;
    found.others = {{"a", {at(10), 5}}, {"b", {at(20), 6}}, {"c", {at(30, another), 7}}, {"d", {at(40), 8}}};
    BOOST_TEST((cursor_of_former_name(found, {"a", "b", "c"}, ours) == at(20)));
    BOOST_TEST((cursor_of_former_name(found, {"a", "unknown"}, ours) == at(10)));
    BOOST_TEST(!cursor_of_former_name(found, {"c"}, ours).has_value());
    BOOST_TEST(!cursor_of_former_name(found, {}, ours).has_value());
}

BOOST_AUTO_TEST_CASE(an_own_cursor_that_is_newer_stays)
{
    cursor_topic_content found;
    found.cursor = at(30);
    found.offset = 6;
    found.others = {{"older", {at(20), 5}}, {"newer", {at(40), 7}}};
    BOOST_TEST(!cursor_of_former_name(found, {"older"}, ours).has_value());
    BOOST_TEST((cursor_of_former_name(found, {"older", "newer"}, ours) == at(40)));
}

BOOST_AUTO_TEST_SUITE_END()
