// Changes in Data Center.
#include "rest/actions.hpp"

#include "rest/carry_out.hpp"
#include "rest/datacenter/bodies.hpp"
#include "rest/datacenter/standing.hpp"
#include "rest/datacenter/targets.hpp"
#include "rest/json.hpp"

namespace bbstream::rest {
namespace {

constexpr unsigned conflict = 409;

failure no_pipelines()
{
    return {failure_kind::invalid, "pipelines are Cloud's; Data Center has the builds of other servers"};
}

// A pull request as a change needs to know it.
struct seen {
    std::int64_t version = 0;
    std::string user;  // whom the server knows us as
    std::string slug;  // the same in paths
};

// "jane@example" is "jane_example" in paths; the pull request shows the slugs of its people. Of others the name.
std::string slug_of(json const& pull_request, std::string const& name)
{
    auto people = pull_request["reviewers"].elements();
    for (auto const& each : pull_request["participants"].elements())
        people.push_back(each);
    for (auto const& each : people)
        if (each["user"]["name"].text() == name)
            return std::string(each["user"]["slug"].text().value_or(name));
    return name;
}

class datacenter_actions : public actions {
   public:
    datacenter_actions(client& over, std::string base, std::string own_name)
        : over_(over), base_(std::move(base)), own_name_(std::move(own_name))
    {
    }

    net::task<result<outcome>> review(repository_name of, std::uint64_t id, verdict how) override
    {
        auto const now = co_await look(of, id);
        if (!now)
            co_return now.error();
        if (now->user.empty())
            co_return co_await why_nobody();
        auto const path = pull(of, id).path("/participants").segment(now->slug).text();
        auto const what = change(method::put, path, datacenter::participant_body(now->user, how));
        proof const by{"review", "status", std::string(datacenter::status_name(how))};
        auto const done = about_pull_request(id, verdict_text(how));
        co_return co_await carry_out(over_, what, by, done);
    }

    net::task<result<outcome>> comment(repository_name of, std::uint64_t id, std::string text) override
    {
        auto const what = change(method::post, pull(of, id).path("/comments").text(), datacenter::comment_body(text));
        auto const answer = co_await over_.ask(what);
        if (!answer)
            co_return answer.error();
        json_document document;
        auto const number = document.parse(answer->body)["id"].number();
        if (!number)
            co_return not_named("comment");
        auto done = about_pull_request(id, "commented");
        done.id = std::to_string(*number);
        co_return done;
    }

    net::task<result<outcome>> merge(repository_name of, std::uint64_t id) override
    {
        auto const answer = co_await at_its_version(of, id, "/merge");
        if (!answer)
            co_return answer.error();
        json_document document;
        auto const made = document.parse(answer->body);
        if (made["state"].text() != "MERGED")
            co_return not_named("merged pull request");
        auto done = about_pull_request(id, "merged");
        if (auto const hash = made["properties"]["mergeCommit"]["id"].text())
            done.said += " as " + std::string(*hash);
        co_return done;
    }

    net::task<result<outcome>> decline(repository_name of, std::uint64_t id) override
    {
        auto const answer = co_await at_its_version(of, id, "/decline");
        if (!answer)
            co_return answer.error();
        json_document document;
        if (document.parse(answer->body)["state"].text() != "DECLINED")
            co_return not_named("declined pull request");
        co_return about_pull_request(id, "declined");
    }

    net::task<result<outcome>> set_status(repository_name of, std::string commit, build_status status) override
    {
        auto const path = at(of).path("/commits").segment(commit).path("/builds").text();
        return carry_out(over_, change(method::post, path, datacenter::status_body(status)), {"build status", {}, {}},
                         about_status(status));
    }

    net::task<result<outcome>> report(repository_name of, std::string commit, insight_report what) override
    {
        report_upload with;
        with.target = datacenter::reports_target(base_, of, commit).segment(what.id).text();
        with.body = datacenter::report_body(what);
        if (!what.found.findings.empty())
            with.annotations.push_back(datacenter::annotations_body(what.found.findings));
        return replace_report(over_, std::move(with), about_report(what));
    }

    net::task<result<outcome>> run_pipeline(repository_name, pipeline_run) override { co_return no_pipelines(); }
    net::task<result<outcome>> stop_pipeline(repository_name, std::string) override { co_return no_pipelines(); }

   private:
    // Why no answer names the user: there is none, or what lies between takes the name out.
    net::task<failure> why_nobody()
    {
        auto const asking = datacenter::standing_request(base_);
        auto const answer = co_await over_.send(asking);
        if (answer && datacenter::read_standing(*answer) == datacenter::standing::nobody)
            co_return failure{failure_kind::permanent,
                              datacenter::not_authenticated + std::string(": make a new token, or log in again")};
        co_return failure{failure_kind::permanent,
                          "the server does not say which user the token belongs to: set auth.username "
                          "(BITBUCKET_USERNAME)"};
    }

    net::task<result<seen>> look(repository_name of, std::uint64_t id)
    {
        request one;
        one.target = pull(of, id).text();
        auto const answer = co_await over_.ask(one);
        if (!answer)
            co_return answer.error();
        json_document document;
        auto const shown = document.parse(answer->body);
        auto const version = shown["version"].number();
        if (!version)
            co_return failure{failure_kind::invalid, one.target + ": the answer is no pull request"};
        auto const known = answer->header("x-ausername");
        auto user = known.empty() ? own_name_ : std::string(known);
        auto slug = slug_of(shown, user);
        co_return seen{*version, std::move(user), std::move(slug)};
    }

    // What changes a pull request names the version that it saw; where that was stale it is read anew, once.
    net::task<result<response>> at_its_version(repository_name of, std::uint64_t id, std::string action)
    {
        auto now = co_await look(of, id);
        for (bool again = false; now; again = true) {
            auto const what =
                change(method::post, pull(of, id).path(action).query("version", std::to_string(now->version)).text());
            auto answer = co_await over_.send(what);
            if (!answer || answer->ok())
                co_return answer;
            auto const later = co_await look(of, id);
            if (again || answer->status != conflict || !later || later->version == now->version)
                co_return over_.explained(what, *answer);
            now = later;
        }
        co_return now.error();
    }

    target at(repository_name const& of) const { return datacenter::repository_target(base_, of); }
    target pull(repository_name const& of, std::uint64_t id) const
    {
        return datacenter::pull_request_target(base_, of, id);
    }

    client& over_;
    std::string const base_;
    std::string const own_name_;
};

}  // namespace

std::unique_ptr<actions> make_datacenter_actions(client& over, std::string api_path, std::string own_name)
{
    return std::make_unique<datacenter_actions>(over, std::move(api_path), std::move(own_name));
}

}  // namespace bbstream::rest
