// What the fold makes of pushes: gaps, commits, and their order.
#include "pushes.hpp"

namespace bbstream {

namespace {

using test::cloud_body;
using test::cloud_change;
using test::cloud_push;
using test::delivery;
using test::folder;
using test::hash;
using test::only_id;
using strings = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_CASE(a_gap_is_told_before_the_change_that_shows_it)
{
    folder in;
    in.apply(cloud_push("0a", "1"));
    auto const events = in.apply(cloud_push("bc", "2", "c"));
    BOOST_TEST_REQUIRE(events.size() == 3u);
    BOOST_TEST(test::type_name(events[0].type) == "system.gap_detected");
    BOOST_TEST(events[0].subject == "refs/heads/main");
    auto const& gap = std::get<event::gap_detected>(events[0].data);
    BOOST_TEST(gap.known_sha.value() == hash('a'));
    BOOST_TEST(gap.old_sha.value() == hash('b'));
    BOOST_TEST(gap.new_sha.value() == hash('c'));
    BOOST_TEST(gap.reason == "chain");
    BOOST_TEST((in.kinds(cloud_push("cd", "3")) == strings{"ref.updated refs/heads/main"}));
}

BOOST_AUTO_TEST_CASE(a_ref_that_nobody_knew_has_a_gap_where_it_did_not_begin)
{
    folder in;
    in.apply(cloud_push("0a", "1"));
    delivery const other{.body = cloud_body(cloud_change("bc", "dev"))};
    auto const events = in.apply(other);
    BOOST_TEST_REQUIRE(events.size() == 2u);
    auto const& gap = std::get<event::gap_detected>(events[0].data);
    BOOST_TEST(!gap.known_sha.has_value());
    BOOST_TEST(gap.ref.name == "refs/heads/dev");
}

BOOST_AUTO_TEST_CASE(each_gap_is_a_fact_of_its_own)
{
    folder in;
    std::set<std::string> ids;
    in.apply(cloud_push("0a", "1"));
    for (auto const* what : {"bc", "de", "fb"}) {
        auto const events = in.apply(cloud_push(what, what));
        BOOST_TEST_REQUIRE(events.size() == 2u);
        ids.insert(test::id_text(events[0]));
    }
    BOOST_TEST(ids.size() == 3u);
}

// As cloud_push, but the list of commits ends before the beginning; the oldest one says what it follows.
delivery truncated_push(std::string const& what, std::string const& id, std::string const& listed, char parent)
{
    auto of = cloud_push(what, id, listed);
    of.body.replace(of.body.find("false"), 5, "true");
    auto const last = of.body.rfind(hash(listed.back())) + hash(listed.back()).size() + 1;
    of.body.insert(last, R"(,"parents":[{"hash":")" + hash(parent) + R"("}])");
    return of;
}

BOOST_AUTO_TEST_CASE(commits_that_a_push_does_not_list_are_a_gap)
{
    folder in;
    in.apply(cloud_push("0a", "1", "a"));
    BOOST_TEST((in.kinds(truncated_push("af", "2", "fe", 'd')) ==
                strings{"system.gap_detected refs/heads/main", "ref.updated refs/heads/main",
                        "commit.added commits/" + hash('e'), "commit.added commits/" + hash('f')}));
    BOOST_TEST(in.fold->counts().gaps == 1u);
}

BOOST_AUTO_TEST_CASE(commits_that_a_push_need_not_list_are_none)
{
    folder in;
    in.apply(truncated_push("0b", "1", "b", 'a'));  // the baseline
    in.apply(truncated_push("bc", "2", "c", 'b'));  // back to the old head
    delivery branch = truncated_push("0d", "3", "dc", 'b');
    branch.body.replace(branch.body.find("main"), 4, "next");
    in.apply(branch);  // back to a commit that is known
    BOOST_TEST(in.fold->counts().gaps == 0u);
}

BOOST_AUTO_TEST_CASE(events_come_per_change_with_their_commits_oldest_first)
{
    folder in;
    delivery of{.body = cloud_body(cloud_change("0c", "main", "cba") + "," + cloud_change("0d", "dev", "dc"))};
    BOOST_TEST((in.kinds(of) == strings{"ref.created refs/heads/main", "commit.added commits/" + hash('a'),
                                        "commit.added commits/" + hash('b'), "commit.added commits/" + hash('c'),
                                        "ref.created refs/heads/dev", "commit.added commits/" + hash('d')}));
    auto const events = in.apply(cloud_push("ce", "2", "e"));
    BOOST_TEST_REQUIRE(events.size() == 2u);
    BOOST_TEST(events[0].position.sequence == 2u);
    BOOST_TEST(events[0].position.index == 0u);
    BOOST_TEST(events[1].position.index == 1u);
}

BOOST_AUTO_TEST_CASE(a_commit_is_added_once_per_repository)
{
    folder in;
    in.apply(cloud_push("0a", "1", "a"));
    BOOST_TEST((in.kinds(cloud_push("ab", "2", "ba")) ==
                strings{"ref.updated refs/heads/main", "commit.added commits/" + hash('b')}));
    delivery other{.body = cloud_body(cloud_change("0a", "main", "a"), "r2")};
    BOOST_TEST(in.apply(other).size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_record_that_the_state_holds_gives_nothing)
{
    folder in;
    in.apply(cloud_push("0a", "1"));
    BOOST_TEST(in.apply_at(1, cloud_push("ab", "2")).empty());
    BOOST_TEST(in.apply_at(2, cloud_push("ab", "2")).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_fact_is_forgotten_after_400_days)
{
    folder in;
    auto const first = only_id(in, cloud_push("0a", "1"));
    in.apply(cloud_push("a0", "2"));
    auto later = cloud_push("0a", "3");
    later.received += 401 * test::day;
    BOOST_TEST(only_id(in, later) == first);
}

}  // namespace bbstream
