// Which events are asked for.
#include "hooks/events.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace bbstream;
using namespace bbstream::hooks;

namespace {

bool contains(std::vector<std::string> const& all, std::string_view one)
{
    return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hook_events)

BOOST_AUTO_TEST_CASE(cloud_is_asked_for_what_it_offers_and_bbstream_types)
{
    std::vector<std::string> const offered{"repo:push", "repo:brewed", "pullrequest:created"};
    BOOST_TEST((cloud_events(offered) == std::vector<std::string>{"repo:push", "pullrequest:created"}));
    BOOST_TEST(contains(cloud_events({}), "pullrequest:comment_reopened"));
    BOOST_TEST(!contains(cloud_events({}), "issue:created"));
    // All that is known is typed, so that an offer of it is taken whole.
    BOOST_TEST((cloud_events(cloud_events({})) == cloud_events({})));
}

BOOST_AUTO_TEST_CASE(servers_are_asked_for_what_their_version_knows)
{
    auto const old = datacenter_events("6.10.1");
    BOOST_TEST(contains(old, "pr:opened"));
    BOOST_TEST(!contains(old, "pr:from_ref_updated"));
    BOOST_TEST(!contains(datacenter_events("8.10.0"), "repo:secret_detected"));
    BOOST_TEST(contains(datacenter_events("8.11.0"), "repo:secret_detected"));
    BOOST_TEST(contains(datacenter_events("10.0.0"), "project:modified"));
    BOOST_TEST(datacenter_events("next").size() == 22u);
    // What servers refuse although it is documented.
    BOOST_TEST(!contains(datacenter_events("10.0.0"), "pr:to_ref_updated"));
}

BOOST_AUTO_TEST_SUITE_END()
