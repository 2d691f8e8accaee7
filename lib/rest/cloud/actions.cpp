// Changes in Cloud.
#include "rest/actions.hpp"

#include "rest/carry_out.hpp"
#include "rest/cloud/bodies.hpp"
#include "rest/cloud/targets.hpp"
#include "rest/json.hpp"

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

// What is taken back is answered with nothing.
proof proof_of(verdict how)
{
    if (how == verdict::unapprove)
        return {"review", {}, {}};
    return {"review", "state", how == verdict::approve ? "approved" : "changes_requested"};
}

class cloud_actions : public actions {
   public:
    cloud_actions(net::executor on, client& over, std::string api) : on_(on), over_(over), api_(std::move(api)) {}

    net::task<result<outcome>> review(repository_name of, std::uint64_t id, verdict how) override
    {
        auto const by = how == verdict::unapprove ? method::remove : method::post;
        auto const path = how == verdict::request_changes ? "/request-changes" : "/approve";
        return carry_out(over_, change(by, pull(of, id).path(path).text()), proof_of(how),
                         about_pull_request(id, verdict_text(how)));
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
        auto const number = made["id"].number();
        if (!number)
            co_return not_named("comment");
        auto done = about_pull_request(id, "commented");
        done.id = std::to_string(*number);
        done.url = text_in(made["links"]["html"]["href"]);
        co_return done;
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
        return carry_out(over_, change(method::post, pull(of, id).path("/decline").text()),
                         {"declined pull request", "state", "DECLINED"}, about_pull_request(id, "declined"));
    }

    net::task<result<outcome>> set_status(repository_name of, std::string commit, build_status status) override
    {
        auto const path = at(of).path("/commit").segment(commit).path("/statuses/build").text();
        return carry_out(over_, change(method::post, path, cloud::status_body(status)),
                         {"build status", "state", status.state}, about_status(status));
    }

    net::task<result<outcome>> report(repository_name of, std::string commit, insight_report what) override
    {
        report_upload with;
        with.target = at(of).path("/commit").segment(commit).path("/reports").segment(what.id).text();
        with.body = cloud::report_body(what);
        std::span<finding const> const all = what.found.findings;
        for (std::size_t done = 0; done < all.size(); done += cloud::annotations_max)
            with.annotations.push_back(
                cloud::annotations_body(all.subspan(done, std::min(cloud::annotations_max, all.size() - done))));
        return replace_report(over_, std::move(with), about_report(what));
    }

    net::task<result<outcome>> run_pipeline(repository_name of, pipeline_run what) override
    {
        auto const asking = change(method::post, at(of).path("/pipelines/").text(), cloud::run_body(what));
        auto const answer = co_await over_.ask(asking);
        if (!answer)
            co_return answer.error();
        json_document document;
        auto const made = document.parse(answer->body);
        auto const number = made["build_number"].number();
        if (!number)
            co_return not_named("pipeline");
        co_return outcome{"pipeline " + std::to_string(*number) + " runs", text_in(made["uuid"]), {}};
    }

    net::task<result<outcome>> stop_pipeline(repository_name of, std::string key) override
    {
        auto const path = at(of).path("/pipelines").segment(key).path("/stopPipeline").text();
        return carry_out(over_, change(method::post, path), {"stopped pipeline", {}, {}},
                         {"pipeline " + key + " is being stopped", key, {}});
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
            auto const task_status = text_in(said["task_status"]);
            if (task_status == "SUCCESS")
                co_return merged(id, said["merge_result"]);
            if (task_status != "PENDING")
                co_return failure{failure_kind::permanent, "pull request " + std::to_string(id) +
                                                               ": it is not known to be merged: its task is " +
                                                               (task_status.empty() ? "in no state" : task_status)};
            timer pause(on_, merge_asked_every);
            co_await pause.async_wait(net::as_result);
        }
        co_return failure{failure_kind::unavailable,
                          "pull request " + std::to_string(id) + ": the merge still goes on; look again later"};
    }

    static result<outcome> merged(std::uint64_t id, json const& pull_request)
    {
        if (pull_request["state"].text() != "MERGED")
            return not_named("merged pull request");
        auto done = about_pull_request(id, "merged");
        if (auto const hash = pull_request["merge_commit"]["hash"].text())
            done.said += " as " + std::string(*hash);
        done.url = text_in(pull_request["links"]["html"]["href"]);
        return done;
    }

    target at(repository_name const& of) const { return cloud::repository_target(api_, of); }
    target pull(repository_name const& of, std::uint64_t id) const { return cloud::pull_request_target(api_, of, id); }

    net::executor on_;
    client& over_;
    std::string const api_;
};

}  // namespace

std::unique_ptr<actions> make_cloud_actions(net::executor on, client& over, std::string api_path)
{
    return std::make_unique<cloud_actions>(on, over, std::move(api_path));
}

}  // namespace bbstream::rest
