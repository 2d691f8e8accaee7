// What is delivered again, by retries, second hooks or late ones, gives each fact once.
#include "pushes.hpp"

#include <set>

namespace bbstream {

namespace {

using test::cloud_push;
using test::datacenter_push;
using test::delivery;
using test::folder;
using test::only_id;

}  // namespace

BOOST_AUTO_TEST_CASE(a_retry_of_a_delivery_gives_nothing)
{
    folder in;
    BOOST_TEST(in.apply(cloud_push("0a", "one", "a")).size() == 2u);
    BOOST_TEST(in.apply(cloud_push("0a", "one", "a")).empty());
    BOOST_TEST(in.fold->counts().repeated_deliveries == 1u);
}

BOOST_AUTO_TEST_CASE(a_second_hook_of_the_same_push_gives_nothing)
{
    folder in;
    in.apply(cloud_push("0a", "one", "a"));
    BOOST_TEST(in.apply(cloud_push("0a", "two", "a")).empty());
    BOOST_TEST(in.fold->counts().repeated_deliveries == 0u);
    BOOST_TEST(in.fold->counts().repeated_changes == 1u);
}

BOOST_AUTO_TEST_CASE(the_same_delivery_id_with_another_body_or_key_is_folded)
{
    folder in;
    in.apply(cloud_push("0a", "one"));
    BOOST_TEST(in.apply(cloud_push("ab", "one")).size() == 1u);
    BOOST_TEST(in.fold->counts().reused_delivery_ids == 1u);
    in.apply(cloud_push("0a", "one"));
    in.apply(cloud_push("ab", "one"));
    BOOST_TEST(in.fold->counts().repeated_deliveries == 2u);
    BOOST_TEST(in.fold->counts().reused_delivery_ids == 1u);
    auto other_key = cloud_push("ab", "one");
    other_key.event_key = "repo:pushed";
    BOOST_TEST(in.apply(other_key).size() == 1u);
    auto other_instance = cloud_push("ab", "one");
    other_instance.instance = "cloud2";
    BOOST_TEST(in.apply(other_instance).size() == 1u);
}

BOOST_AUTO_TEST_CASE(identical_cloud_pushes_are_real_when_the_ref_went_back_meanwhile)
{
    folder in;
    std::set<std::string> ids;
    ids.insert(only_id(in, cloud_push("0a", "1")));
    ids.insert(only_id(in, cloud_push("ab", "2")));
    ids.insert(only_id(in, cloud_push("ba", "3")));
    ids.insert(only_id(in, cloud_push("ab", "4")));
    ids.insert(only_id(in, cloud_push("ba", "")));
    ids.insert(only_id(in, cloud_push("ab", "")));
    BOOST_TEST(ids.size() == 6u);
}

BOOST_AUTO_TEST_CASE(identical_bodies_of_data_center_are_one_delivery_for_a_day)
{
    folder in;
    auto push = datacenter_push("0a", "1", "2025-09-23T03:15:55+0300");
    BOOST_TEST(in.apply(push).size() == 1u);
    in.apply(datacenter_push("a0", "2", "2025-09-23T03:15:56+0300"));
    push.id = "3";
    push.received += test::day;
    BOOST_TEST(in.apply(push).empty());
    BOOST_TEST(in.fold->counts().repeated_deliveries == 1u);
    push.id = "4";
    push.received += 1'000'000;
    BOOST_TEST(in.apply(push).empty());  // the 24 hours of the first are over, but it tells of the same second
    BOOST_TEST(in.fold->counts().repeated_deliveries == 1u);
    BOOST_TEST(in.fold->counts().repeated_changes == 1u);
}

BOOST_AUTO_TEST_CASE(the_same_change_at_another_time_is_another_though_what_undid_the_first_was_lost)
{
    folder in;
    in.apply(datacenter_push("0a", "1", "2025-09-23T03:15:00+0300"));
    auto const first = only_id(in, datacenter_push("ab", "2", "2025-09-23T03:15:10+0300"));
    auto const events = in.apply(datacenter_push("ab", "3", "2025-09-23T03:15:50+0300"));
    BOOST_TEST_REQUIRE(events.size() == 2u);
    BOOST_TEST(test::type_name(events[0].type) == "system.gap_detected");
    BOOST_TEST(test::type_name(events[1].type) == "ref.updated");
    BOOST_TEST(test::id_text(events[1]) != first);
}

BOOST_AUTO_TEST_CASE(the_same_change_at_another_second_is_another_delivery)
{
    folder in;
    auto const first = only_id(in, datacenter_push("0a", "1", "2025-09-23T03:15:55+0300"));
    in.apply(datacenter_push("a0", "2", "2025-09-23T03:15:56+0300"));
    BOOST_TEST(only_id(in, datacenter_push("0a", "3", "2025-09-23T03:15:57+0300")) != first);
}

BOOST_AUTO_TEST_CASE(the_id_is_that_of_the_fact_whatever_comes_between)
{
    folder straight;
    folder late;
    straight.apply(cloud_push("0a", "1"));
    auto const ab = only_id(straight, cloud_push("ab", "2"));
    auto const bc = only_id(straight, cloud_push("bc", "3"));
    late.apply(cloud_push("0a", "1"));
    auto const events = late.apply(cloud_push("bc", "3"));
    BOOST_TEST_REQUIRE(events.size() == 2u);
    BOOST_TEST(test::id_text(events[1]) == bc);
    BOOST_TEST(late.fold->counts().gaps == 1u);
    BOOST_TEST(only_id(late, cloud_push("ab", "2")) == ab);
    BOOST_TEST(late.fold->counts().late_changes == 1u);
    BOOST_TEST(late.apply(cloud_push("ab", "9")).empty());
}

}  // namespace bbstream
