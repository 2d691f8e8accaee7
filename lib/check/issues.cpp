#include "check/issues.hpp"

#include "check/session.hpp"
#include "check/way.hpp"
#include "rest/actions.hpp"
#include "rest/cloud/targets.hpp"
#include "rest/jira/service.hpp"
#include "rest/json.hpp"
#include "rest/target.hpp"
#include "rest/walk.hpp"

namespace bbstream::check {
namespace {

constexpr char const* title = "bbstream check";
constexpr char const* text = "Made by bbstream check --write, which removes it at once.";

class issue_check {
   public:
    issue_check(net::executor on, config::instance const& one, issue_options options)
        : on_(on),
          one_(one),
          options_(std::move(options)),
          how_(session_of(rest::role::admin, options_.state, options_.lender, options_.notice))
    {
    }

    net::task<lines> run()
    {
        if (one_.jira)
            co_await look_at_jira();
        else if (options_.write)
            co_await look_at_own_tracker();
        co_return std::move(told_);
    }

   private:
    net::task<void> look_at_jira()
    {
        auto const way = co_await check_way(on_, one_, one_.jira->site);
        for (auto each : way.told) {
            each.what = "jira " + each.what;
            told_.push_back(std::move(each));
        }
        if (!way.open)
            co_return;
        auto const opened = rest::open_jira(on_, one_, how_);
        if (!opened) {
            told_.push_back(failed("jira credential", opened.error()));
            co_return;
        }
        rest::request asking;
        asking.target = opened->api_path + "/rest/api/3/myself";
        auto const answer = co_await opened->client->ask(asking);
        if (!answer) {
            told_.push_back(failed("jira credential", answer.error()));
            co_return;
        }
        rest::json_document document;
        auto const name = document.parse(answer->body)["displayName"].text().value_or("somebody");
        told_.push_back({"jira credential", grade::ok, "accepted, as " + std::string(name), {}});
        rest::walk issues(*opened->client, rest::jira::issues(opened->api_path, one_.jira->project));
        auto const first = co_await issues.next();
        if (!first)
            told_.push_back(failed("jira project", first.error()));
        else
            told_.push_back({"jira project", grade::ok, one_.jira->project + " can be read", {}});
        if (options_.write) {
            auto const tracker =
                rest::make_jira_tracker(*opened->client, opened->api_path, one_.jira->site, one_.jira->project);
            auto const issues_path = opened->api_path + "/rest/api/3/issue";
            co_await try_issue(*opened->client, *tracker, issues_path);
        }
    }

    net::task<void> look_at_own_tracker()
    {
        if (one_.platform == product::datacenter || !options_.repository) {
            told_.push_back({"issue",
                             grade::unknown,
                             one_.platform == product::datacenter ? "jira.* is not set: there is nothing to write to"
                                                                  : "neither jira.* nor --repo says where to make one",
                             {}});
            co_return;
        }
        auto const opened = rest::open_session(on_, one_, how_);
        if (!opened) {
            told_.push_back(failed("issue", opened.error()));
            co_return;
        }
        auto const tracker = rest::make_cloud_tracker(*opened->client, opened->api_path, *options_.repository);
        auto const issues = rest::cloud::issues_target(opened->api_path, *options_.repository).text();
        co_await try_issue(*opened->client, *tracker, issues);
    }

    net::task<void> try_issue(rest::client& over, rest::tracker& tracker, std::string const& issues)
    {
        auto const made = co_await tracker.create(title, text);
        if (!made) {
            told_.push_back(failed("issue", made.error()));
            co_return;
        }
        auto const removal = rest::change(rest::method::remove, rest::target(issues).segment(made->id).text());
        auto const removed = co_await over.ask(removal);
        if (removed)
            told_.push_back({"issue", grade::ok, made->id + " was made and removed", {}});
        else
            told_.push_back({"issue", grade::warning,
                             made->id + " was made, and can't be removed: " + removed.error().message,
                             "remove it by hand (" + made->url + ")"});
    }

    net::executor on_;
    config::instance const& one_;
    issue_options const options_;
    rest::session_options const how_;
    lines told_;
};

}  // namespace

net::task<lines> check_issues(net::executor on, config::instance const& one, issue_options options)
{
    issue_check now(on, one, std::move(options));
    co_return co_await now.run();
}

}  // namespace bbstream::check
