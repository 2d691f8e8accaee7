// What either product is asked, and how its answers are read.
#include "backfill/api.hpp"

#include "backfill/deployment_targets.hpp"
#include "backfill/pipeline_targets.hpp"

#include <boost/test/unit_test.hpp>

namespace bbstream::backfill {

namespace {

using normalize::ref_hash;

config::instance instance_of(product platform)
{
    config::instance of;
    of.platform = platform;
    of.workspace = "acme";
    of.api = platform == product::cloud ? "https://api.bitbucket.org/2.0" : "https://bitbucket.example.com/context";
    return of;
}

repository only(api const& of, std::string const& page)
{
    auto const found = of.read_repositories(page).value().selected;
    BOOST_TEST_REQUIRE(found.size() == 1u);
    return found.front();
}

std::string const cloud_repositories =
    R"({"values":[{"uuid":"{AB-1}","full_name":"acme/one","updated_on":"2026-01-01T00:00:01+00:00",)"
    R"("created_on":"2025-01-01T00:00:00+00:00","mainbranch":{"name":"trunk"}},{"full_name":"acme/no-id"}],)"
    R"("next":"https://elsewhere.example/2.0/repositories/acme?page=2"})";

std::string const datacenter_repositories =
    R"({"values":[{"id":7,"slug":"one","project":{"key":"PLAT"}}],"isLastPage":false,"nextPageStart":40})";

rest::response answer(unsigned status, std::string body)
{
    rest::response of;
    of.status = status;
    of.body = std::move(body);
    return of;
}

}  // namespace

BOOST_AUTO_TEST_CASE(clouds_repositories_go_by_their_uuids)
{
    auto const cloud = make_api(instance_of(product::cloud));
    auto const one = only(*cloud, cloud_repositories);
    BOOST_TEST(one.id == "ab-1");
    BOOST_TEST(one.full_name == "acme/one");
    BOOST_TEST(one.path == "/2.0/repositories/acme/%7Bab-1%7D");
    BOOST_TEST(one.default_ref == "refs/heads/trunk");
    BOOST_TEST(one.updated > one.made);
    BOOST_TEST(cloud->one_ref(one, "refs/heads/a/b").starts_with(one.path + "/refs/branches/a%2Fb?"));
    BOOST_TEST(cloud->one_ref(one, "refs/tags/a/b").starts_with(one.path + "/refs/tags/a%2Fb?"));
    BOOST_TEST(!cloud->read_repositories(R"({"error":1})").has_value());
    BOOST_TEST(!cloud->read_ref(answer(200, "<html>a portal</html>"), "refs/heads/a").has_value());
    BOOST_TEST(!cloud->read_ref(answer(404, "{}"), "refs/heads/a").value().has_value());
    BOOST_TEST(cloud->read_ref(answer(200, R"({"name":"a"})"), "refs/heads/a").value().has_value());
    BOOST_TEST(cloud->read_repository(one.whole).value().packed == one.packed);
    BOOST_TEST(!cloud->read_repository(R"({"full_name":"acme/one"})").has_value());
    BOOST_TEST(cloud->repository_path("ab-1", "acme/gone") == one.path);
}

BOOST_AUTO_TEST_CASE(projects_and_changes_narrow_clouds_listing)
{
    auto of = instance_of(product::cloud);
    BOOST_TEST(make_api(of)->repository_listings(0).front().find("&q=") == std::string::npos);
    of.projects = {"A", "B"};
    auto const listing = make_api(of)->repository_listings(1'000'000).front();
    BOOST_TEST(listing.find("q=%28project.key%20%3D%20%22A%22%20OR%20project.key%20%3D%20%22B%22%29%20AND%20updated_on"
                            "%20%3E%3D%20%221970-01-01T00%3A00%3A01") != std::string::npos);
    BOOST_TEST(listing.find("sort=updated_on") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(excluded_repositories_are_not_read)
{
    auto of = instance_of(product::cloud);
    of.exclude = {"acme/o*"};
    auto const read = make_api(of)->read_repositories(cloud_repositories).value();
    BOOST_TEST(read.selected.empty());
    BOOST_TEST(read.newest_change > 0);  // it is what the next listing goes on from, all the same
}

BOOST_AUTO_TEST_CASE(clouds_next_page_is_followed_by_its_path_only)
{
    auto const cloud = make_api(instance_of(product::cloud));
    BOOST_TEST(cloud->next_page("/2.0/repositories/acme", cloud_repositories).value().value() ==
               "/2.0/repositories/acme?page=2");
    BOOST_TEST(!cloud->next_page("/x", R"({"values":[1]})").value().has_value());
    BOOST_TEST(!cloud->next_page("/x", R"({"values":[],"next":"https://a/x?page=2"})").value().has_value());
    BOOST_TEST(!cloud->next_page("/x", R"({"values":[1],"next":"https://a/x"})").has_value());
    BOOST_TEST(!cloud->next_page("/x", "[]").has_value());
}

BOOST_AUTO_TEST_CASE(clouds_commits_come_of_many_heads_without_all_that_is_told)
{
    auto const cloud = make_api(instance_of(product::cloud));
    auto const one = only(*cloud, cloud_repositories);
    std::vector<ref_hash> include(101, {"refs/heads/x", "aa"});
    std::vector<ref_hash> const exclude{{"refs/heads/b", "b"}, {"refs/heads/trunk", "c"}, {"refs/tags/1", "b"}};
    auto const listings = cloud->commit_listings(one, include, exclude);
    BOOST_TEST_REQUIRE(listings.size() == 2u);
    BOOST_TEST(listings[0].heads.size() == 100u);
    auto const ask = cloud->commits(one, listings[1]);
    BOOST_TEST(ask.body == "include=aa&exclude=c&exclude=b");
    BOOST_TEST(ask.reads);
    BOOST_TEST((ask.how == rest::method::post));
    BOOST_TEST(cloud->commit_listings(one, {}, exclude).empty());
    auto const gone = cloud->unknown_commits(answer(404, R"({"error":{"data":{"shas":["b"]}}})"), listings[1]);
    BOOST_TEST(gone == std::vector<std::string>{"b"}, boost::test_tools::per_element());
    BOOST_TEST(cloud->unknown_commits(answer(500, ""), listings[1]).empty());
}

BOOST_AUTO_TEST_CASE(clouds_refs_are_one_listing_and_data_centers_are_two)
{
    auto const cloud = make_api(instance_of(product::cloud));
    auto const all = cloud->ref_listings(only(*cloud, cloud_repositories));
    BOOST_TEST_REQUIRE(all.size() == 1u);
    BOOST_TEST(all[0].first ==
               "/2.0/repositories/acme/%7Bab-1%7D/refs?pagelen=100&sort=name"
               "&fields=next%2Cvalues.name%2Cvalues.type%2Cvalues.target.hash");
    BOOST_TEST(all[0].key == "rest:refs");
    BOOST_TEST(all[0].holds("/2.0/repositories/%7Bac-me%7D/%7Bab-1%7D/refs?page=2&sort=name"));
    BOOST_TEST(all[0].holds("/2.0/repositories/acme/one/refs/?page=2"));
    // Where a walk was interrupted that listed them apart.
    BOOST_TEST(!all[0].holds("/2.0/repositories/acme/%7Bab-1%7D/refs/branches?page=2"));
    BOOST_TEST(!all[0].holds("/2.0/repositories/acme/%7Bab-1%7D/refs/tags?pagelen=100&sort=name"));
    BOOST_TEST(!all[0].holds(""));

    auto const datacenter = make_api(instance_of(product::datacenter));
    auto const one = only(*datacenter, datacenter_repositories);
    auto const apart = datacenter->ref_listings(one);
    BOOST_TEST_REQUIRE(apart.size() == 2u);
    BOOST_TEST(apart[0].first == one.path + "/branches?orderBy=ALPHABETICAL&limit=1000");
    BOOST_TEST(apart[0].key == "rest:branches");
    BOOST_TEST(apart[1].first == one.path + "/tags?orderBy=ALPHABETICAL&limit=1000");
    BOOST_TEST(apart[1].key == "rest:tags");
    BOOST_TEST(apart[1].holds(one.path + "/tags?orderBy=ALPHABETICAL&limit=1000&start=1000"));
    BOOST_TEST(!apart[0].holds(apart[1].first));
}

BOOST_AUTO_TEST_CASE(data_centers_repositories_go_by_project_and_slug)
{
    auto const datacenter = make_api(instance_of(product::datacenter));
    auto const one = only(*datacenter, datacenter_repositories);
    BOOST_TEST(one.id == "7");
    BOOST_TEST(one.made == 7);
    BOOST_TEST(one.path == "/context/rest/api/latest/projects/PLAT/repos/one");
    BOOST_TEST(datacenter->next_page("/repos?limit=10", datacenter_repositories).value().value() ==
               "/repos?limit=10&start=40");
    BOOST_TEST(!datacenter->next_page("/repos?start=40", datacenter_repositories).has_value());
    BOOST_TEST(!datacenter->next_page("/repos", R"({"values":[],"isLastPage":true})").value().has_value());
}

BOOST_AUTO_TEST_CASE(data_centers_branch_is_found_among_those_with_its_name_in_theirs)
{
    auto const datacenter = make_api(instance_of(product::datacenter));
    auto const page =
        R"({"values":[{"id":"refs/heads/x/y"},{"id":"refs/heads/x","latestCommit":"a"}],"isLastPage":true})";
    BOOST_TEST(datacenter->read_ref(answer(200, page), "refs/heads/x").value().value().find("latestCommit") !=
               std::string::npos);
    BOOST_TEST(!datacenter->read_ref(answer(200, page), "refs/heads/y").value().has_value());
    BOOST_TEST(!datacenter->read_ref(answer(404, ""), "refs/tags/y").value().has_value());
    auto const of_many = answer(200, R"({"values":[],"isLastPage":false})");  // it would have come first
    BOOST_TEST(!datacenter->read_ref(of_many, "refs/heads/y").value().has_value());
    BOOST_TEST(!datacenter->read_ref(answer(503, ""), "refs/heads/y").has_value());
}

BOOST_AUTO_TEST_CASE(a_listing_gives_half_of_its_heads_away)
{
    commit_listing whole{{{"refs/heads/a", "1"}, {"refs/heads/b", "2"}, {"refs/heads/c", "3"}}, {"9"}};
    auto const given = whole.halve();
    BOOST_TEST(whole.heads.size() == 1u);
    BOOST_TEST(given.heads.size() == 2u);
    BOOST_TEST(given.heads.front().hash == "2");
    BOOST_TEST(given.exclude == whole.exclude, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(data_centers_commits_come_of_one_head_each_since_where_its_ref_stood)
{
    auto const datacenter = make_api(instance_of(product::datacenter));
    auto const one = only(*datacenter, datacenter_repositories);
    auto const listings =
        datacenter->commit_listings(one, {{"refs/heads/x", "x2"}, {"refs/heads/new", "n"}, {"refs/tags/1", "x2"}},
                                    {{"refs/heads/a", "a"}, {"refs/heads/main", "m"}, {"refs/heads/x", "x1"}});
    BOOST_TEST_REQUIRE(listings.size() == 2u);
    BOOST_TEST(listings[0].heads.size() == 2u);
    BOOST_TEST(datacenter->commits(one, listings[0]).target == one.path + "/commits?until=x2&since=x1&limit=1000");
    BOOST_TEST(datacenter->commits(one, listings[1]).target == one.path + "/commits?until=n&since=m&limit=1000");
    BOOST_TEST(datacenter->unknown_commits(answer(404, ""), listings[1]).front() == "m");
    auto const unresolved =
        answer(400, R"({"errors":[{"exceptionName":"com.atlassian.bitbucket.commit.NoSuchCommitException"}]})");
    BOOST_TEST(datacenter->unknown_commits(unresolved, listings[1]).front() == "m");
    BOOST_TEST(datacenter->unknown_commits(answer(400, R"({"errors":[]})"), listings[1]).empty());
    auto const moved =
        answer(404, R"({"errors":[{"exceptionName":"com.atlassian.bitbucket.repository.NoSuchRepositoryException"}]})");
    BOOST_TEST(datacenter->unknown_commits(moved, listings[1]).empty());
    BOOST_TEST(datacenter->is_about_repository(moved));
    BOOST_TEST(!datacenter->is_about_repository(answer(404, R"({"errors":[]})")));
    auto gone_on = listings[0];
    BOOST_TEST(gone_on.goes_on);
    BOOST_TEST(gone_on.forget({"m"}) == 0u + std::ranges::count(listings[0].exclude, "m"));
    BOOST_TEST(gone_on.goes_on);
    BOOST_TEST(gone_on.forget({"x1"}) == 1u);
    BOOST_TEST(!gone_on.goes_on);
    auto told = one;
    told.default_ref = "refs/heads/a";
    auto const from_default =
        datacenter->commit_listings(told, {{"refs/heads/new", "n"}}, {{"refs/heads/main", "m"}, {"refs/heads/a", "a"}});
    BOOST_TEST(from_default.at(0).exclude.front() == "a");
}

BOOST_AUTO_TEST_CASE(data_center_is_asked_which_branches_hold_a_commit)
{
    auto const datacenter = make_api(instance_of(product::datacenter));
    auto const one = only(*datacenter, datacenter_repositories);
    BOOST_TEST(datacenter->holders(one, "r1").value_or("") ==
               "/context/rest/branch-utils/latest/projects/PLAT/repos/one/branches/info/r1?limit=1000");
    BOOST_TEST(!make_api(instance_of(product::cloud))->holders(one, "r1"));

    auto const answer = R"({"values":[{"id":"refs/heads/new"},{"id":"refs/heads/main"},{"id":"refs/heads/r"}]})";
    std::vector<normalize::ref_hash> const told{{"refs/heads/r", "r9"}, {"refs/heads/main", "m"}};
    BOOST_TEST(nearer_head(told, {"m"}, answer).value_or("") == "r9");
    BOOST_TEST(nearer_head(told, {}, answer).value_or("") == "m");
    BOOST_TEST(!nearer_head(told, {"m", "r9"}, answer));
    BOOST_TEST(!nearer_head(told, {}, R"({"errors":[]})"));
}

BOOST_AUTO_TEST_CASE(a_page_is_older_where_each_of_its_commits_is)
{
    constexpr micros march = 1'772'323'200'000'000;  // 2026-03-01
    auto const cloud = make_api(instance_of(product::cloud));
    std::string const old = R"({"date":"2026-02-28T23:59:59+00:00"})";
    BOOST_TEST(cloud->all_older("{\"values\":[" + old + "," + old + "]}", march));
    BOOST_TEST(cloud->all_older(R"({"values":[]})", march));
    BOOST_TEST(!cloud->all_older("{\"values\":[" + old + R"(,{"date":"2026-03-01T00:00:00+00:00"}]})", march));
    BOOST_TEST(!cloud->all_older("{\"values\":[" + old + R"(,{"date":"soon"}]})", march));
    BOOST_TEST(!cloud->all_older("[]", march));
    auto const datacenter = make_api(instance_of(product::datacenter));
    BOOST_TEST(datacenter->all_older(R"({"values":[{"committerTimestamp":1772323199999}]})", march));
    BOOST_TEST(!datacenter->all_older(R"({"values":[{"committerTimestamp":1772323200000}]})", march));
}

BOOST_AUTO_TEST_CASE(clouds_open_pull_requests_and_those_of_all_states_since_a_while_before_the_last_are_one_listing)
{
    auto const cloud = make_api(instance_of(product::cloud));
    auto const one = only(*cloud, cloud_repositories);
    normalize::pull_requests_view known;
    BOOST_TEST(cloud->first_pull_requests(one, known) ==
               one.path +
                   "/pullrequests?pagelen=50&fields=%2Bvalues.participants%2C%2Bvalues.reviewers%2C"
                   "-values.rendered%2C-values.summary&state=OPEN&sort=created_on");
    BOOST_TEST(cloud->statuses(one, "ab") == one.path + "/commit/ab/statuses?pagelen=100");
    BOOST_TEST(cloud->comments(one, 12) == one.path +
                                               "/pullrequests/12/comments?pagelen=100&sort=-created_on"
                                               "&fields=-values.content.html%2C-values.pullrequest");
    auto const heads = cloud->open_heads(
        R"({"values":[{"state":"OPEN","source":{"commit":{"hash":"ab"}}},{"state":"OPEN","source":{}},)"
        R"({"state":"MERGED","source":{"commit":{"hash":"cd"}}},{"source":{"commit":{"hash":"ef"}}}]})");
    BOOST_TEST(heads == std::vector<std::string>{"ab"});
    auto const first = cloud->changed_pull_requests(one, known);
    BOOST_TEST(first.ends_with("&sort=-created_on"));
    BOOST_TEST(first.find("updated_on") == std::string::npos);
    BOOST_TEST(cloud->ends_changed(R"({"values":[{"id":1}]})", known));
    known.baseline = true;
    known.watermark = 1'787'565'600'000'000;  // 2026-08-24T10:00
    auto const later = cloud->changed_pull_requests(one, known);
    BOOST_TEST(
        later.ends_with("&q=state%20IN%20%28%22OPEN%22%2C%20%22MERGED%22%2C%20%22DECLINED%22%2C%20%22SUPERSEDED%22%29"
                        "%20AND%20%28state%20%3D%20%22OPEN%22%20OR%20updated_on%20%3E%3D%20"
                        "%222026-08-24T09%3A55%3A00.000000Z%22%29&sort=created_on"));
    BOOST_TEST(cloud->first_pull_requests(one, known) == later);
    BOOST_TEST(!cloud->ends_changed(R"({"values":[{"id":1}]})", known));
}

BOOST_AUTO_TEST_CASE(pipelines_are_read_newest_first_down_to_a_page_that_is_known)
{
    auto const one = only(*make_api(instance_of(product::cloud)), cloud_repositories);
    normalize::pipelines_view known;
    BOOST_TEST(pipelines_target(one, known) == one.path + "/pipelines/?sort=-created_on&pagelen=100");
    BOOST_TEST(ends_pipelines(R"({"values":[{"created_on":"2030-01-01T00:00:00Z"}]})", known));
    known.baseline = true;
    known.watermark = 1'787'565'600'000'000;  // 2026-08-24T10:00
    BOOST_TEST(pipelines_target(one, known) == one.path + "/pipelines/?sort=-created_on&pagelen=30");
    auto const ends = [&](std::string const& dates) { return ends_pipelines(R"({"values":[)" + dates + "]}", known); };
    BOOST_TEST(!ends(R"({"created_on":"2026-08-24T09:55:00.5Z"},{"created_on":"2026-08-24T09:00:00Z"})"));
    BOOST_TEST(!ends(R"({"created_on":"2026-08-24T09:00:00Z"},{"created_on":"once"})"));
    BOOST_TEST(ends(R"({"created_on":"2026-08-24T09:54:59.9Z"},{"created_on":"2026-08-24T09:00:00Z"})"));
    BOOST_TEST(pipeline_target(one, "p1") == one.path + "/pipelines/%7Bp1%7D");
    BOOST_TEST(steps_target(one, "p1") == one.path + "/pipelines/%7Bp1%7D/steps/?pagelen=100");
    BOOST_TEST(!make_api(instance_of(product::datacenter))->has_pipelines());
}

// Bitbucket's own address of the next page forgets the order.
BOOST_AUTO_TEST_CASE(the_next_page_of_pipelines_is_the_next_number)
{
    std::string const more = R"({"values":[1],"pagelen":30,"size":31,"next":"https://a/pipelines/?page=2"})";
    BOOST_TEST(next_pipelines_page("/p/?sort=-created_on", more).value().value() == "/p/?sort=-created_on&page=2");
    BOOST_TEST(!next_pipelines_page("/p/?sort=-created_on&page=2", more).value().has_value());
    BOOST_TEST(!next_pipelines_page("/p/", R"({"values":[]})").value().has_value());
    BOOST_TEST(!next_pipelines_page("/p/", R"({"error":1})").has_value());
}

BOOST_AUTO_TEST_CASE(deployments_are_asked_for_with_what_events_tell_of_them)
{
    auto const one = only(*make_api(instance_of(product::cloud)), cloud_repositories);
    auto const all = deployments_target(one);
    BOOST_TEST(all.starts_with(one.path + "/deployments/?pagelen=100&fields=size%2Cpagelen%2Cvalues.uuid%2C"));
    BOOST_TEST(all.find("%2Cvalues.environment.name%2C") != std::string::npos);
    BOOST_TEST(all.find("sort=") == std::string::npos);  // it is refused
    auto const single = deployment_target(one, "d1");
    BOOST_TEST(single.starts_with(one.path + "/deployments/%7Bd1%7D?fields=uuid%2C"));
    BOOST_TEST(single.find("%2Cenvironment.name%2C") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(deployments_are_read_where_pipelines_have_gone_on_and_long_lists_of_them_seldom)
{
    using due = std::optional<state::seconds>;
    constexpr state::seconds walked = 1'000'000;
    normalize::deployments_view known;
    BOOST_TEST((walk_due(known) == due()));  // there are no pipelines
    known.stale = true;
    BOOST_TEST((walk_due(known) == due()));
    known.stale = false;
    known.possible = true;
    BOOST_TEST((walk_due(known) == due(0)));  // first sight
    known.baseline = true;
    known.walked = walked;
    BOOST_TEST((walk_due(known) == due()));
    known.stale = true;
    known.length = 99;
    BOOST_TEST((walk_due(known) == due(walked)));
    known.length = 1'000;
    BOOST_TEST((walk_due(known) == due(walked + 600)));
    known.pages.pages = 1;
    BOOST_TEST((walk_due(known) == due(0)));  // it goes on
}

BOOST_AUTO_TEST_CASE(data_centers_pull_requests_are_read_down_to_a_page_that_is_known)
{
    auto const datacenter = make_api(instance_of(product::datacenter));
    auto const one = only(*datacenter, datacenter_repositories);
    normalize::pull_requests_view known;
    BOOST_TEST(datacenter->changed_pull_requests(one, known) ==
               one.path + "/pull-requests?state=ALL&order=NEWEST&limit=100");
    std::string const page = R"({"values":[{"id":7,"updatedDate":2000},{"id":6,"updatedDate":3000}]})";
    BOOST_TEST(datacenter->ends_changed(page, known));
    known = {true, {}, 7, 3'000'000, {}};
    BOOST_TEST(datacenter->ends_changed(page, known));
    known.newest = 6;
    BOOST_TEST(!datacenter->ends_changed(page, known));
    known.newest = 7;
    known.watermark = 2'999'999;
    BOOST_TEST(!datacenter->ends_changed(page, known));
    BOOST_TEST(datacenter->statuses(one, "ab") ==
               "/context/rest/build-status/latest/commits/ab?orderBy=NEWEST&limit=100");
    BOOST_TEST(datacenter->first_pull_requests(one, known) ==
               one.path + "/pull-requests?state=OPEN&order=OLDEST&limit=100");
    auto const heads = datacenter->open_heads(R"({"values":[{"state":"OPEN","fromRef":{"latestCommit":"ab"}},)"
                                              R"({"id":2},{"state":"DECLINED","fromRef":{"latestCommit":"cd"}}]})");
    BOOST_TEST(heads == std::vector<std::string>{"ab"});
    BOOST_TEST(datacenter->comments(one, 12) == one.path + "/pull-requests/12/activities?limit=100");
    BOOST_TEST(datacenter->one_pull_request(one, 12) == one.path + "/pull-requests/12");
}

}  // namespace bbstream::backfill
