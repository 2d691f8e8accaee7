// Changes of the issues in Bitbucket's own tracker.
#include "rest/actions.hpp"
#include "rest/carry_out.hpp"
#include "rest/cloud/bodies.hpp"
#include "rest/cloud/targets.hpp"
#include "rest/json.hpp"

namespace bbstream::rest {
namespace {

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
        auto const number = made["id"].number();
        if (!number)
            co_return not_named("issue");
        auto const id = std::to_string(*number);
        co_return outcome{"issue " + id + " created", id,
                          std::string(made["links"]["html"]["href"].text().value_or(""))};
    }

    net::task<result<outcome>> comment(std::string key, std::string text) override
    {
        auto const path = target(issues_).segment(key).path("/comments").text();
        auto const answer = co_await over_.ask(change(method::post, path, cloud::comment_body("issue_comment", text)));
        if (!answer)
            co_return answer.error();
        json_document document;
        // The document has no body for this one: it names the comment in a header.
        if (answer->header("location").empty() && !document.parse(answer->body)["id"])
            co_return not_named("comment");
        co_return outcome{"issue " + key + ": commented", key, {}};
    }

    net::task<result<outcome>> transition(std::string key, std::string to) override
    {
        auto const path = target(issues_).segment(key).text();
        return carry_out(over_, change(method::put, path, cloud::issue_state_body(to)), {"issue", "state", to},
                         {"issue " + key + " is " + to, key, {}});
    }

   private:
    client& over_;
    std::string const issues_;
};

}  // namespace

std::unique_ptr<tracker> make_cloud_tracker(client& over, std::string api_path, repository_name of)
{
    return std::make_unique<cloud_tracker>(over, cloud::issues_target(api_path, of).text());
}

}  // namespace bbstream::rest
