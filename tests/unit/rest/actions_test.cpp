// What is changed in Bitbucket, and whether it has been: a 2xx alone does not say so.
#include "rest/actions.hpp"

#include "rest/cloud/columns.hpp"
#include "rest/cloud/targets.hpp"
#include "rest/explain.hpp"
#include "rest/walk.hpp"
#include "rest_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream;
using namespace bbstream::rest;
using namespace bbstream::test;

namespace {

repository_name const api{"acme", "api"};

using doing = std::function<net::task<result<outcome>>(actions&)>;
using issue_doing = std::function<net::task<result<outcome>>(tracker&)>;

// One of each kind, with what answers that it has been done, and what is missed in any other answer.
struct deed {
    std::string what;
    doing take;
    std::string answer;  // empty: 204
    std::string missed;
};

doing reviewing(verdict how)
{
    return [how](actions& on) { return on.review(api, 7, how); };
}
doing declining()
{
    return [](actions& on) { return on.decline(api, 7); };
}
doing commenting()
{
    return [](actions& on) { return on.comment(api, 7, "text"); };
}
doing reporting_status()
{
    return [](actions& on) { return on.set_status(api, "c0ffee", {"k", "FAILED", "https://ci", {}, {}, {}}); };
}
doing reporting()
{
    return [](actions& on) { return on.report(api, "c0ffee", {"scan", "A scan", true, {}}); };
}

std::vector<deed> clouds_deeds()
{
    return {
        {"approve", reviewing(verdict::approve), R"({"state":"approved"})", "review"},
        {"unapprove", reviewing(verdict::unapprove), "", "review"},
        {"request changes", reviewing(verdict::request_changes), R"({"state":"changes_requested"})", "review"},
        {"comment", commenting(), R"({"id":1})", "comment"},
        {"decline", declining(), R"({"state":"DECLINED"})", "declined pull request"},
        {"status", reporting_status(), R"({"state":"FAILED"})", "build status"},
        {"report", reporting(), R"({"title":"A scan"})", "report"},
        {"stop", [](actions& on) { return on.stop_pipeline(api, "1"); }, "", "stopped pipeline"},
        {"run",
         [](actions& on) {
             return on.run_pipeline(api, {"main", {}, {}});
         },
         R"({"build_number":1})", "pipeline"},
    };
}

std::vector<deed> datacenters_deeds()
{
    return {
        {"approve", reviewing(verdict::approve), R"({"status":"APPROVED"})", "review"},
        {"unapprove", reviewing(verdict::unapprove), R"({"status":"UNAPPROVED"})", "review"},
        {"request changes", reviewing(verdict::request_changes), R"({"status":"NEEDS_WORK"})", "review"},
        {"comment", commenting(), R"({"id":1})", "comment"},
        {"decline", declining(), R"({"state":"DECLINED"})", "declined pull request"},
        {"status", reporting_status(), "", "build status"},
        {"report", reporting(), R"({"title":"A scan"})", "report"},
    };
}

// A server that answers changes with what a test says; a pull request is there to be looked at.
class change_desk {
   public:
    explicit change_desk(product platform)
        : server_([this](asked const& one) { return answer_to(one); }), to_(server_.url(), platform)
    {
        to_.options.explain = [platform](request const& what, response const& answer) {
            return explain(what, answer, {platform, config::auth_kind::pat});
        };
        on_ = platform == product::cloud ? make_cloud_actions(to_.loop.get_executor(), to_.client(), "/2.0")
                                         : make_datacenter_actions(to_.client(), "", "");
    }

    std::string tried(doing const& what, std::string answer)
    {
        answer_ = std::move(answer);
        return said(run(to_.loop, what(*on_)));
    }

    std::string tried(issue_doing const& what, tracker& in, std::string answer)
    {
        answer_ = std::move(answer);
        return said(run(to_.loop, what(in)));
    }

    client& over() { return to_.client(); }

   private:
    static std::string said(result<outcome> const& done) { return done ? "done" : done.error().message; }

    std::string answer_to(asked const& one) const
    {
        if (one.line.starts_with("GET ") && one.target().ends_with("/transitions"))
            return answer_with(200, R"({"transitions":[{"id":"1","name":"Done"}]})");
        if (one.line.starts_with("GET "))
            return answer_with(200, R"({"version":3})", "X-AUSERNAME: bot\r\n");
        if (one.line.starts_with("DELETE ") && one.target().ends_with("/reports/scan"))
            return answer_with(204, "");
        return answer_with(answer_.empty() ? 204 : 200, answer_);
    }

    std::string answer_;
    scripted_server server_;
    client_of to_;
    std::unique_ptr<actions> on_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(changes)

BOOST_AUTO_TEST_CASE(an_answer_that_shows_nothing_of_it_is_no_success)
{
    for (auto const& [platform, deeds] :
         {std::pair(product::cloud, clouds_deeds()), std::pair(product::datacenter, datacenters_deeds())}) {
        change_desk desk(platform);
        for (auto const& each : deeds) {
            BOOST_TEST_CONTEXT(product_name(platform) << ": " << each.what)
            {
                BOOST_TEST(desk.tried(each.take, each.answer) == "done");
                auto const missed = "the answer names no " + each.missed + ": whether it has been done is not known";
                for (auto const* other : {"{}", R"({"state":"OPEN","status":"OPEN"})"})
                    BOOST_TEST(desk.tried(each.take, other) == missed);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(nor_is_one_of_an_issue)
{
    change_desk desk(product::cloud);
    auto const own = make_cloud_tracker(desk.over(), "/2.0", api);
    auto const jira = make_jira_tracker(desk.over(), "", "https://acme.example", "PLAT");
    auto const comment = [](tracker& in) { return in.comment("PLAT-1", "text"); };
    auto const close = [](tracker& in) { return in.transition("PLAT-1", "Done"); };
    struct {
        char const* what;
        tracker& in;
        issue_doing take;
        char const* answer;
        char const* missed;
    } const cases[] = {
        {"a comment of Cloud's", *own, comment, R"({"id":1})", "comment"},
        {"a state of Cloud's", *own, close, R"({"state":"Done"})", "issue"},
        {"a comment of Jira's", *jira, comment, R"({"id":"1"})", "comment"},
        {"a transition of Jira's", *jira, close, "", "transition"},
    };
    for (auto const& [what, in, take, answer, missed] : cases)
        BOOST_TEST_CONTEXT(what)
        {
            BOOST_TEST(desk.tried(take, in, answer) == "done");
            BOOST_TEST(desk.tried(take, in, "{}") ==
                       "the answer names no " + std::string(missed) + ": whether it has been done is not known");
        }
}

BOOST_AUTO_TEST_CASE(a_comment_of_an_issue_may_be_named_in_a_header)
{
    scripted_server server([](asked const&) {
        return answer_with(201, "",
                           "Location: https://api.bitbucket.org/2.0/repositories/acme/api/issues/1/comments/2\r\n");
    });
    client_of to(server.url());
    auto const own = make_cloud_tracker(to.client(), "/2.0", api);
    auto const done = run(to.loop, own->comment("1", "text"));
    BOOST_REQUIRE(done);
    BOOST_TEST(done->said == "issue 1: commented");
}

BOOST_AUTO_TEST_CASE(a_reviewer_is_named_by_slug_in_paths)
{
    std::string changed;
    scripted_server server([&](asked const& one) {
        if (one.line.starts_with("GET "))
            return answer_with(200,
                               R"({"version":3,"reviewers":[{"user":{"name":"bot","slug":"bot"}}],)"
                               R"("participants":[{"user":{"name":"jane@example","slug":"jane_example"}}]})",
                               "X-AUSERNAME: jane@example\r\n");
        changed = one.target();
        return answer_with(200, R"({"status":"APPROVED"})");
    });
    client_of to(server.url(), product::datacenter);
    auto const on = make_datacenter_actions(to.client(), "", "");
    BOOST_TEST(bool(run(to.loop, on->review(api, 7, verdict::approve))));
    BOOST_TEST(changed == "/rest/api/latest/projects/acme/repos/api/pull-requests/7/participants/jane_example");
}

BOOST_AUTO_TEST_CASE(an_error_is_one_whatever_its_status)
{
    change_desk desk(product::cloud);
    for (auto const* error : {R"({"type":"error","error":{"message":"Not today"}})",
                              R"({"errors":[{"context":null,"message":"Not today"}]})"})
        BOOST_TEST(desk.tried(reviewing(verdict::approve), error) ==
                   "/2.0/repositories/acme/api/pullrequests/7/approve: an error came as 200 (Not today)");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(what_is_shown)

BOOST_AUTO_TEST_CASE(is_what_was_asked_for_or_an_error)
{
    std::string body;
    scripted_server server([&](asked const&) { return answer_with(200, body); });
    client_of to(server.url());
    to.options.explain = [](request const& what, response const& answer) { return explain(what, answer, {}); };
    auto const shown = [&](std::string const& answer) {
        body = answer;
        entity const what{cloud::repository_target("", api).text(), cloud::columns_of.repository, {}};
        auto const found = run(to.loop, fetch(to.client(), what));
        return found ? text_named(what.shows, found->cells, "name") : found.error().message;
    };
    BOOST_TEST(shown(R"({"full_name":"acme/api"})") == "acme/api");
    // What is said of errors is no error.
    BOOST_TEST(shown(R"({"full_name":"acme/api","description":"\"error\": none"})") == "acme/api");
    BOOST_TEST(shown("{}") == "/repositories/acme/api: the answer does not show what was asked for");
    BOOST_TEST(shown(R"({"type":"error","error":{"message":"Repository moved"}})") ==
               "/repositories/acme/api: an error came as 200 (Repository moved)");
    BOOST_TEST(shown(R"({"error":{"message":"not with Bearer shibboleth"}})") ==
               "/repositories/acme/api: an error came as 200 (not with Bearer ***)");
}

BOOST_AUTO_TEST_SUITE_END()
