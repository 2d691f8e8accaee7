// From page to page, with what is wrong with real pages; and rows of what both products answer.
#include "rest/cloud/paging.hpp"

#include "rest/cloud/columns.hpp"
#include "rest/datacenter/columns.hpp"
#include "rest/datacenter/paging.hpp"
#include "rest/jira/service.hpp"
#include "rest/json.hpp"
#include "rest/service.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream;
using namespace bbstream::rest;

namespace {

std::string next_of(paging how, std::string const& current, std::string const& page)
{
    json_document document;
    auto const next = how(current, document.parse(page));
    return !next ? "error" : *next ? **next : "end";
}

std::string cell_named(columns of, std::string const& body, std::string_view name)
{
    json_document document;
    auto const cells = read_row(of, document.parse(body));
    for (std::size_t at = 0; at < of.size(); ++at) {
        if (of[at].name != name)
            continue;
        if (auto const* text = std::get_if<std::string>(&cells[at]))
            return *text;
        if (auto const* number = std::get_if<std::int64_t>(&cells[at]))
            return std::to_string(*number);
        if (auto const* truth = std::get_if<bool>(&cells[at]))
            return *truth ? "true" : "false";
        return "nothing";
    }
    return "no such column";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pages)

BOOST_AUTO_TEST_CASE(clouds_next_is_followed_by_path_and_query_only)
{
    auto const page = [](std::string const& next) { return R"({"values":[{}],"next":")" + next + "\"}"; };
    BOOST_TEST(next_of(cloud::by_next, "/a", page("https://api.bitbucket.org/2.0/a?page=2")) == "/2.0/a?page=2");
    BOOST_TEST(next_of(cloud::by_next, "/a", page("https://evil.example/2.0/a?ctx=x&page=2")) == "/2.0/a?ctx=x&page=2");
    BOOST_TEST(next_of(cloud::by_next, "/a", page("//evil.example/a")) == "error");
    BOOST_TEST(next_of(cloud::by_next, "/a", page("nonsense")) == "error");
    for (auto const* strange :
         {"7", "true", "{\"href\":\"https://api.bitbucket.org/a?page=2\"}", "[\"https://api.bitbucket.org/a\"]"})
        BOOST_TEST(next_of(cloud::by_next, "/a", std::string(R"({"values":[{}],"next":)") + strange + "}") == "error",
                   strange);
    BOOST_TEST(next_of(cloud::by_next, "/a", R"({"values":[{}],"next":null})") == "end");
    BOOST_TEST(next_of(cloud::by_next, "/a", page("")) == "end");
    BOOST_TEST(next_of(cloud::by_next, "/a", R"({"values":[{}]})") == "end");
    BOOST_TEST(next_of(cloud::by_next, "/a", R"({"values":[],"next":"https://api.bitbucket.org/a?page=9"})") == "end");
}

BOOST_AUTO_TEST_CASE(times_that_no_calendar_has_are_none)
{
    auto const created = [](std::string const& time) {
        return cell_named(datacenter::columns_of.pull_request, R"({"createdDate":)" + time + '}', "created");
    };
    BOOST_TEST(created("253402300799999") == "9999-12-31T23:59:59.999000Z");
    for (auto const* none :
         {"253402300800000", "-62135596800001", "9223372036854775807", "-9223372036854775808", "1e18"})
        BOOST_TEST(created(none) == "nothing", none);
}

BOOST_AUTO_TEST_CASE(pipelines_are_counted_since_their_next_forgets_the_order)
{
    auto const first = "/p/?sort=-created_on&pagelen=100";
    auto const full = R"({"values":[{}],"page":1,"pagelen":100,"size":250,"next":"https://x/p/?page=2"})";
    BOOST_TEST(next_of(cloud::by_number, first, full) == "/p/?sort=-created_on&pagelen=100&page=2");
    BOOST_TEST(next_of(cloud::by_number, "/p/?page=2&sort=x", full) == "/p/?page=3&sort=x");
    BOOST_TEST(next_of(cloud::by_number, "/p/?page=3", full) == "end");
    BOOST_TEST(next_of(cloud::by_number, "/p/?page=7", R"({"values":[{}],"pagelen":100})") == "/p/?page=8");
    BOOST_TEST(next_of(cloud::by_number, "/p/?page=7", R"({"values":[],"pagelen":100})") == "end");
}

BOOST_AUTO_TEST_CASE(data_center_says_where_the_next_page_starts)
{
    auto const how = datacenter::by_start;
    BOOST_TEST(next_of(how, "/x?limit=25", R"({"values":[],"start":0,"isLastPage":false,"nextPageStart":40})") ==
               "/x?limit=25&start=40");
    BOOST_TEST(next_of(how, "/x?start=40", R"({"start":40,"isLastPage":false,"nextPageStart":80})") == "/x?start=80");
    BOOST_TEST(next_of(how, "/x?start=40", R"({"start":40,"isLastPage":true,"nextPageStart":80})") == "end");
    BOOST_TEST(next_of(how, "/x", R"({"start":0,"isLastPage":false,"nextPageStart":null})") == "end");
    BOOST_TEST(next_of(how, "/x", R"({"start":0,"isLastPage":false})") == "end");
    BOOST_TEST(next_of(how, "/x", R"({"start":0,"nextPageStart":null})") == "end");
    BOOST_TEST(next_of(how, "/x", R"({"start":0,"isLastPage":true,"nextPageStart":null})") == "end");
    BOOST_TEST(next_of(how, "/x", R"({"start":0,"nextPageStart":25})") == "/x?start=25");
    for (auto const* none : {R"({"start":0,"isLastPage":false,"nextPageStart":"25"})", R"({"nextPageStart":"25"})"})
        BOOST_TEST(next_of(how, "/x", none) == "error", none);
    BOOST_TEST(next_of(how, "/x", R"({"start":40,"isLastPage":false,"nextPageStart":40})") == "error");
    BOOST_TEST(next_of(how, "/x?start=40", R"({"isLastPage":false,"nextPageStart":40})") == "error");
}

BOOST_AUTO_TEST_CASE(jira_gives_a_token_for_the_next_page)
{
    auto const how = jira::issues("", "PLAT").next;
    BOOST_TEST(next_of(how, "/x?a=b", R"({"issues":[],"nextPageToken":"C1","isLast":false})") ==
               "/x?a=b&nextPageToken=C1");
    BOOST_TEST(next_of(how, "/x", R"({"nextPageToken":"C1"})") == "/x?nextPageToken=C1");
    BOOST_TEST(next_of(how, "/x", R"({"nextPageToken":"C1","isLast":true})") == "end");
    for (auto const* end : {R"({"isLast":true})", "{}", R"({"nextPageToken":null})"})
        BOOST_TEST(next_of(how, "/x", end) == "end", end);
    for (auto const* none : {R"({"isLast":false})", R"({"isLast":false,"nextPageToken":""})", R"({"nextPageToken":7})"})
        BOOST_TEST(next_of(how, "/x", none) == "error", none);
}

BOOST_AUTO_TEST_CASE(data_center_says_where_changed_files_are_cut)
{
    auto const how = datacenter::no_more_files;
    BOOST_TEST(next_of(how, "/x", R"({"values":[{},{}],"start":0,"isLastPage":true})") == "end");
    BOOST_TEST(next_of(how, "/x", R"({"values":[{},{}]})") == "end");
    json_document document;
    auto const page = document.parse(R"({"values":[{},{}],"start":0,"isLastPage":false,"nextPageStart":2})");
    BOOST_TEST(how("/x", page).error().message == "Data Center gives no more than the first 2 changed files");
}

BOOST_AUTO_TEST_CASE(both_products_have_the_same_columns)
{
    auto const names = [](columns of) {
        std::vector<std::string> all;
        for (auto const& each : of)
            all.emplace_back(each.name);
        return all;
    };
    for (auto const which :
         {&product_columns::repository, &product_columns::project, &product_columns::branch, &product_columns::commit,
          &product_columns::pull_request, &product_columns::file, &product_columns::status, &product_columns::hook})
        BOOST_TEST(names(cloud::columns_of.*which) == names(datacenter::columns_of.*which),
                   boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_missing_or_strange_is_nothing)
{
    BOOST_TEST(cell_named(cloud::columns_of.pull_request, "{}", "title") == "nothing");
    BOOST_TEST(cell_named(cloud::columns_of.pull_request, "{}", "review") == "nothing");
    BOOST_TEST(cell_named(cloud::columns_of.pull_request, R"({"source":{"commit":null}})", "source_hash") == "nothing");
    BOOST_TEST(cell_named(cloud::columns_of.repository, R"({"mainbranch":null})", "default_branch") == "nothing");
    BOOST_TEST(cell_named(cloud::columns_of.commit, R"({"author":{"raw":"Ada <ada@acme.example>"}})", "author") ==
               "Ada");
    BOOST_TEST(cell_named(cloud::columns_of.file, R"({"old":{"path":"gone"},"new":null})", "path") == "gone");
    BOOST_TEST(cell_named(cloud::pipeline_columns, R"({"state":{"name":"IN_PROGRESS","stage":{"name":"HALTED"}}})",
                          "state") == "HALTED");
    BOOST_TEST(cell_named(cloud::pipeline_columns, R"({"state":{"name":"PENDING"}})", "state") == "PENDING");
}

BOOST_AUTO_TEST_CASE(a_deployment_has_what_it_has_come_to)
{
    auto const shown = [](std::string const& body, std::string_view name) {
        return cell_named(cloud::deployment_columns, body, name);
    };
    auto const ended = R"({"uuid":"{1}","environment":{"uuid":"{2}","name":"Production"},
        "release":{"name":"#186","url":"https://b/r/186","commit":{"hash":"ca4302e0"},"pipeline":{"uuid":"{3}"}},
        "state":{"name":"COMPLETED","status":{"name":"FAILED"},"url":"https://b/r/186/steps/4",
                 "started_on":"2023-02-20T09:39:04.211063482Z","completed_on":"2023-02-20T09:39:09.26Z"},
        "last_update_time":"2023-02-20T09:39:09Z"})";
    for (auto const& [name, wanted] :
         {std::pair("state", "FAILED"), std::pair("completed", "true"), std::pair("environment", "Production"),
          std::pair("release", "#186"), std::pair("hash", "ca4302e0"), std::pair("url", "https://b/r/186/steps/4"),
          std::pair("started", "2023-02-20T09:39:04.211063Z"), std::pair("updated", "2023-02-20T09:39:09.000000Z")})
        BOOST_TEST(shown(ended, name) == wanted, name);
    // Nothing but its name is certain of one that has not begun.
    auto const waiting = R"({"state":{"name":"UNDEPLOYED","status":{}},"release":{"url":"https://b/r/1"}})";
    BOOST_TEST(shown(waiting, "state") == "UNDEPLOYED");
    BOOST_TEST(shown(waiting, "completed") == "false");
    BOOST_TEST(shown(waiting, "url") == "https://b/r/1");
    for (auto const* absent : {"environment", "hash", "updated", "started", "ended"})
        BOOST_TEST(shown(waiting, absent) == "nothing", absent);
}

BOOST_AUTO_TEST_CASE(deployments_are_asked_for_with_names_and_without_an_order)
{
    repository_name const of{"acme", "api"};
    auto const what = make_cloud("/2.0", "acme")->deployments(of).value();
    BOOST_TEST(what.target == "/2.0/repositories/acme/api/deployments/?fields=%2Bvalues.environment.name&pagelen=100");
    BOOST_TEST(make_datacenter("")->deployments(of).error().message.starts_with("only Cloud lists deployments"));
}

BOOST_AUTO_TEST_CASE(times_of_every_form_come_out_the_same)
{
    auto const wanted = "2018-07-05T05:01:10.000000Z";
    for (auto const* text : {R"({"createdDate":1530766870000})", R"({"createdDate":"2018-07-05T05:01:10+0000"})",
                             R"({"createdDate":"2018-07-05T05:01:10.000Z"})"})
        BOOST_TEST(cell_named(datacenter::columns_of.pull_request, text, "created") == wanted, text);
    for (auto const* text :
         {R"({"created_on":"2018-07-05T05:01:10+00:00"})", R"({"created_on":"2018-07-05T05:01:10.0000009Z"})"})
        BOOST_TEST(cell_named(cloud::pipeline_columns, text, "created") == wanted, text);
}

BOOST_AUTO_TEST_CASE(a_hooks_secret_does_not_come_out)
{
    auto const body = R"({"id":1,"url":"https://x","configuration":{"secret":"shibboleth"},"events":["a","b"]})";
    for (auto const& each : datacenter::columns_of.hook)
        BOOST_TEST(cell_named(datacenter::columns_of.hook, body, each.name) != "shibboleth");
    BOOST_TEST(cell_named(datacenter::columns_of.hook, body, "secret_set") == "true");
    BOOST_TEST(cell_named(datacenter::columns_of.hook, body, "events") == "a,b");
}

BOOST_AUTO_TEST_CASE(repositories_have_two_names)
{
    BOOST_TEST(parse_repository_name("acme/api").value().slug == "api");
    BOOST_TEST(parse_repository_name("~ada/{0b-1}").value().owner == "~ada");
    for (auto const* bad : {"", "api", "/api", "acme/", "a/b/c", "../api", "acme/..", "acme/."})
        BOOST_TEST(parse_repository_name(bad).has_error(), bad);
}

BOOST_AUTO_TEST_SUITE_END()
