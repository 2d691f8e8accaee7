#include "kafka/claims.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream;
using namespace bbstream::kafka;

namespace {

claims planned(owners const& now, std::string const& node, bool take_over)
{
    auto const plan = plan_claims(now, {"cloud", "dc"}, node, take_over);
    BOOST_REQUIRE(plan.has_value());
    return *plan;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(one_daemon_an_instance)

BOOST_AUTO_TEST_CASE(records_come_back)
{
    for (auto const& each : {owner{"a", ""}, owner{"b.example", "a"}})
        BOOST_TEST((parse_owner(owner_value(each)) == each));
    BOOST_TEST(owner_value({"b", "a"}) == R"({"owner":"b","ousted":"a"})");
    BOOST_TEST((instance_of_key(owner_key("cloud")) == "cloud"));
    BOOST_TEST(!instance_of_key("cloud"));
    auto const value = owner_value({"b", "a"});
    for (std::size_t size = 0; size < value.size(); ++size)
        BOOST_TEST(!parse_owner(value.substr(0, size)), size);
}

BOOST_AUTO_TEST_CASE(what_nobody_serves_is_claimed)
{
    auto const plan = planned({{"cloud", {"a", ""}}, {"elsewhere", {"z", ""}}}, "a", false);
    BOOST_TEST((plan.written == owners{{"dc", {"a", ""}}}));
    BOOST_TEST(plan.ousted.empty());
    BOOST_TEST(plan.settled.empty());
    BOOST_TEST(planned({{"cloud", {"a", ""}}, {"dc", {"a", ""}}}, "a", true).empty());
}

BOOST_AUTO_TEST_CASE(another_nodes_instance_is_refused_by_name)
{
    auto const plan = plan_claims({{"cloud", {"a", ""}}}, {"dc", "cloud"}, "b", false);
    BOOST_REQUIRE(plan.has_error());
    BOOST_TEST((plan.error().kind == failure_kind::conflict));
    for (auto const* part : {"cloud", "the node a,", "--take-over", "node b"})
        BOOST_TEST(plan.error().message.find(part) != std::string::npos, part);
}

BOOST_AUTO_TEST_CASE(a_take_over_names_whom_it_ousts_until_that_one_is_fenced)
{
    owners now{{"cloud", {"a", ""}}, {"dc", {"c", ""}}};
    auto const plan = planned(now, "b", true);
    BOOST_TEST((plan.written == owners{{"cloud", {"b", "a"}}, {"dc", {"b", "c"}}}));
    BOOST_TEST((plan.ousted == std::set<std::string>{"a", "c"}));
    BOOST_TEST((plan.settled == owners{{"cloud", {"b", ""}}, {"dc", {"b", ""}}}));
    // Interrupted in the middle, it goes on without being asked for again.
    auto const rest = planned({{"cloud", {"b", ""}}, {"dc", {"b", "c"}}}, "b", false);
    BOOST_TEST(rest.written.empty());
    BOOST_TEST((rest.ousted == std::set<std::string>{"c"}));
    BOOST_TEST((rest.settled == owners{{"dc", {"b", ""}}}));
}

BOOST_AUTO_TEST_SUITE_END()
