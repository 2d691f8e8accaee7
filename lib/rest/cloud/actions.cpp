// Changes in Cloud.
#include "rest/actions.hpp"

#include "rest/cloud/bodies.hpp"
#include "rest/json.hpp"
#include "rest/target.hpp"

#include <algorithm>

namespace bbstream::rest {
namespace {

// A merge that takes long becomes a task that is asked for.
constexpr std::chrono::seconds merge_asked_every{1};
constexpr unsigned merge_asked_max = 300;

std::string text_in(json const& value)
{
    return std::string(value.text().value_or(""));
}

class cloud_actions : public actions {
   public:
    cloud_actions(net::executor on, client& over, std::string api) : on_(on), over_(over), api_(std::move(api)) {}

    net::task<result<outcome>> review(repository_name of, std::uint64_t id, verdict how) override
    {
        auto const path = how == verdict::request_changes ? "/request-changes" : "/approve";
        auto const what =
            change(how == verdict::unapprove ? method::remove : method::post, pull(of, id).path(path).text());
        auto const answer = co_await over_.ask(what);
        if (!answer)
            co_return answer.error();
        std::string_view const done = how == verdict::approve     ? "approved"
                                      : how == verdict::unapprove ? "no longer approved"
                                                                  : "changes requested";
        co_return about(id, done);
    }

    net::task<result<outcome>> comment(repository_name of, std::uint64_t id, std::string text) override
    {
        auto const what = change(method::post, pull(of, id).path("/comments").text(),
                                 cloud::comment_body("pullrequest_comment", text));
        auto const answer = co_await over_.ask(what);
        if (!answer)
            co_return answer.error();
        json_document document;
        auto const made = document.parse(answer->body);
        co_return outcome{"pull request " + std::to_string(id) + ": commented",
                          std::to_string(made["id"].number().value_or(0)), text_in(made["links"]["html"]["href"])};
    }

    net::task<result<outcome>> merge(repository_name of, std::uint64_t id) override
    {
        auto const what =
            change(method::post, pull(of, id).path("/merge").text(), R"({"type":"pullrequest_merge_parameters"})");
        auto const answer = co_await over_.ask(what);
        if (!answer)
            co_return answer.error();
        json_document document;
        if (answer->status != 202)
            co_return merged(id, document.parse(answer->body));
        auto const task = target_of(answer->header("location"));
        if (!task)
            co_return failure{failure_kind::invalid,
                              "the merge goes on, and Bitbucket does not say where to ask for it"};
        co_return co_await follow_merge(id, *task);
    }

    net::task<result<outcome>> decline(repository_name of, std::uint64_t id) override
    {
        auto const what = change(method::post, pull(of, id).path("/decline").text());
        auto const answer = co_await over_.ask(what);
        if (!answer)
            co_return answer.error();
        co_return about(id, "declined");
    }

    net::task<result<outcome>> set_status(repository_name of, std::string commit, build_status status) override
    {
        auto const path = at(of).path("/commit").segment(commit).path("/statuses/build").text();
        auto const what = change(method::post, path, cloud::status_body(status));
        auto const answer = co_await over_.ask(what);
        if (!answer)
            co_return answer.error();
        co_return outcome{status.key + " is " + status.state, status.key, status.url};
    }

    net::task<result<outcome>> report(repository_name of, std::string commit, insight_report what) override
    {
        auto const path = at(of).path("/commit").segment(commit).path("/reports").segment(what.id).text();
        // What an earlier scan found, and this one did not, would stay.
        auto const removal = change(method::remove, path);
        auto const removed = co_await over_.send(removal);
        if (!removed)
            co_return removed.error();
        auto const making = change(method::put, path, cloud::report_body(what));
        auto const made = co_await over_.ask(making);
        if (!made)
            co_return made.error();
        std::span<finding const> const all = what.found.findings;
        for (std::size_t done = 0; done < all.size(); done += cloud::annotations_max) {
            auto const some = all.subspan(done, std::min(cloud::annotations_max, all.size() - done));
            auto const adding = change(method::post, path + "/annotations", cloud::annotations_body(some));
            auto const added = co_await over_.ask(adding);
            if (!added)
                co_return added.error();
        }
        co_return outcome{"report " + what.id + ": " + std::to_string(all.size()) + " findings, " +
                              (what.passed ? "passed" : "failed"),
                          what.id,
                          {}};
    }

    net::task<result<outcome>> run_pipeline(repository_name of, pipeline_run what) override
    {
        auto const asking = change(method::post, at(of).path("/pipelines/").text(), cloud::run_body(what));
        auto const answer = co_await over_.ask(asking);
        if (!answer)
            co_return answer.error();
        json_document document;
        auto const made = document.parse(answer->body);
        auto const number = std::to_string(made["build_number"].number().value_or(0));
        co_return outcome{"pipeline " + number + " runs", text_in(made["uuid"]), {}};
    }

    net::task<result<outcome>> stop_pipeline(repository_name of, std::string key) override
    {
        auto const path = at(of).path("/pipelines").segment(key).path("/stopPipeline").text();
        auto const what = change(method::post, path);
        auto const answer = co_await over_.ask(what);
        if (!answer)
            co_return answer.error();
        co_return outcome{"pipeline " + key + " is being stopped", key, {}};
    }

   private:
    net::task<result<outcome>> follow_merge(std::uint64_t id, std::string task)
    {
        for (unsigned asked = 0; asked < merge_asked_max; ++asked) {
            request status;
            status.target = task;
            auto const answer = co_await over_.ask(status);
            if (!answer)
                co_return answer.error();
            json_document document;
            auto const said = document.parse(answer->body);
            if (said["task_status"].text() == "SUCCESS")
                co_return merged(id, said["merge_result"]);
            timer pause(on_, merge_asked_every);
            co_await pause.async_wait(net::as_result);
        }
        co_return failure{failure_kind::unavailable,
                          "pull request " + std::to_string(id) + ": the merge still goes on; look again later"};
    }

    static result<outcome> merged(std::uint64_t id, json const& pull_request)
    {
        auto done = about(id, "merged");
        if (auto const hash = pull_request["merge_commit"]["hash"].text())
            done.said += " as " + std::string(*hash);
        done.url = text_in(pull_request["links"]["html"]["href"]);
        return done;
    }

    static outcome about(std::uint64_t id, std::string_view what)
    {
        return {"pull request " + std::to_string(id) + ": " + std::string(what), std::to_string(id), {}};
    }

    target at(repository_name const& of) const
    {
        return target(api_).path("/repositories").segment(of.owner).segment(of.slug);
    }
    target pull(repository_name const& of, std::uint64_t id) const
    {
        return at(of).path("/pullrequests").segment(std::to_string(id));
    }

    net::executor on_;
    client& over_;
    std::string const api_;
};

class cloud_tracker : public tracker {
   public:
    cloud_tracker(client& over, std::string issues) : over_(over), issues_(std::move(issues)) {}

    net::task<result<outcome>> create(std::string title, std::string text) override
    {
        auto const what = change(method::post, issues_, cloud::issue_body(title, text));
        auto const answer = co_await over_.ask(what);
        if (!answer)
            co_return answer.error();
        json_document document;
        auto const made = document.parse(answer->body);
        auto const id = std::to_string(made["id"].number().value_or(0));
        co_return outcome{"issue " + id + " created", id, text_in(made["links"]["html"]["href"])};
    }

    net::task<result<outcome>> comment(std::string key, std::string text) override
    {
        auto const path = target(issues_).segment(key).path("/comments").text();
        auto const what = change(method::post, path, cloud::comment_body("issue_comment", text));
        auto const answer = co_await over_.ask(what);
        if (!answer)
            co_return answer.error();
        co_return outcome{"issue " + key + ": commented", key, {}};
    }

    net::task<result<outcome>> transition(std::string key, std::string to) override
    {
        auto const path = target(issues_).segment(key).text();
        auto const what = change(method::put, path, cloud::issue_state_body(to));
        auto const answer = co_await over_.ask(what);
        if (!answer)
            co_return answer.error();
        co_return outcome{"issue " + key + " is " + to, key, {}};
    }

   private:
    client& over_;
    std::string const issues_;
};

}  // namespace

std::unique_ptr<actions> make_cloud_actions(net::executor on, client& over, std::string api_path)
{
    return std::make_unique<cloud_actions>(on, over, std::move(api_path));
}

std::unique_ptr<tracker> make_cloud_tracker(client& over, std::string api_path, repository_name of)
{
    auto const issues = target(std::move(api_path)).path("/repositories").segment(of.owner).segment(of.slug);
    return std::make_unique<cloud_tracker>(over, issues.text() + "/issues");
}

}  // namespace bbstream::rest
