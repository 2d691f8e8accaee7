#include "check/bitbucket.hpp"

#include "check/judge.hpp"
#include "check/session.hpp"
#include "check/way.hpp"
#include "hooks/survey.hpp"
#include "rest/cloud/targets.hpp"
#include "rest/cloud/workspaces.hpp"
#include "rest/datacenter/standing.hpp"
#include "rest/datacenter/targets.hpp"
#include "rest/json.hpp"
#include "rest/walk.hpp"

#include <algorithm>

namespace bbstream::check {
namespace {

std::string budget_text(config::instance const& one, config::auth const& who)
{
    return one.platform == product::cloud ? std::to_string(who.requests_per_hour) + " an hour"
                                          : std::to_string(who.requests_per_second) + " a second";
}

// What one credential of the instance can do.
class credential_check {
   public:
    credential_check(config::instance const& one, config::auth const& who, rest::session& with, duties what,
                     std::string prefix, tell_line tell)
        : one_(one),
          who_(who),
          with_(with),
          duties_(std::move(what)),
          vocabulary_(vocabulary_of(who.kind, one.platform)),
          prefix_(std::move(prefix)),
          tell_(std::move(tell))
    {
    }

    net::task<void> run()
    {
        rest::request asking;
        asking.target = one_.platform == product::cloud ? rest::cloud::user_target(with_.api_path).text()
                                                        : rest::datacenter::least_target(with_.api_path).text();
        auto const before = now_micros();
        auto const answer = co_await with_.client->send(asking);
        if (!answer) {
            tell_(failed(prefix_ + "credential", answer.error()));
            co_return;
        }
        line identity;
        if (one_.platform == product::cloud)
            identity = judge_user(*answer, prefix_);
        else
            identity = co_await judge_name(*answer);
        bool const accepted = identity.how != grade::failed;
        if (!accepted && identity.said.empty())
            identity.said = with_.client->explained(asking, *answer).message;
        tell_(std::move(identity));
        if (prefix_.empty())
            tell_(judge_clock(answer->header("date"), before, now_micros()));
        if (!accepted)
            co_return;
        auto const needed = needed_scopes(duties_, vocabulary_);
        if (one_.platform == product::cloud)
            tell_(judge_scopes(*answer, needed, vocabulary_, prefix_));
        co_await look_at_repositories();
        if (duties_.hooks)
            co_await look_at_hooks();
        if (one_.platform == product::datacenter)
            tell_(judge_probes(needed));
        tell_(judge_limit());
    }

   private:
    // Data Center names the user to whom it answers, also when it refuses.
    net::task<line> judge_name(rest::response answer)
    {
        line told{prefix_ + "credential", grade::ok, {}, {}};
        auto const name = std::string(answer.header("x-ausername"));
        if (!name.empty()) {
            told.said = "accepted, as " + name;
            co_return told;
        }
        if (!answer.ok()) {
            told.how = grade::failed;
            co_return told;
        }
        auto const asking = rest::datacenter::standing_request(with_.api_path);
        auto const shown = co_await with_.client->send(asking);
        co_return shown ? judge_standing(*shown, prefix_) : failed(told.what, shown.error());
    }

    net::task<void> look_at_repositories()
    {
        line told{prefix_ + "repositories", grade::ok, {}, {}};
        if (one_.platform == product::cloud && one_.workspace.empty()) {
            auto const only = co_await rest::cloud::find_only_workspace(*with_.client, with_.api_path);
            if (!only) {
                told.how = grade::unknown;
                told.said = "not looked at: " + only.error().message;
                tell_(std::move(told));
                co_return;
            }
            with_.service = rest::make_cloud(with_.api_path, *only);
        }
        rest::walk pages(*with_.client, with_.service->repositories());
        auto const first = co_await pages.next();
        if (!first) {
            // Only a refusal tells of permissions.
            tried_ = first.error().kind == failure_kind::permanent;
            tell_(failed(told.what, first.error()));
            co_return;
        }
        told.said = std::to_string(first->size()) + " can be seen at first sight";
        if (first->empty()) {
            told.how = grade::warning;
            told.said = "none can be seen";
            told.advice = "give the credential's user, or the token, access to them";
        } else {
            probed_.emplace_back("REPO_READ");
        }
        tell_(std::move(told));
    }

    net::task<void> look_at_hooks()
    {
        auto const keeper = hooks::make_keeper(one_.platform, with_.api_path);
        hooks::desk const desk{*with_.client, *with_.service, *keeper, one_};
        auto const events = co_await hooks::wanted_events(desk);
        if (!events) {
            tell_(failed("webhooks", events.error()));
            co_return;
        }
        auto const seen = co_await hooks::look(desk, hooked_places_max);
        if (!seen) {
            tell_(failed("webhooks", seen.error()));
            co_return;
        }
        if (seen->failures.empty() && !seen->there.empty())
            probed_.emplace_back(one_.webhook_scope == hooks::level::project ? "PROJECT_ADMIN" : "REPO_ADMIN");
        tell_(judge_hooks(*seen, one_, *events));
    }

    // What Data Center lets the credential do tells what it is permitted.
    line judge_probes(std::vector<scope> const& needed) const
    {
        if (!tried_)
            return {prefix_ + "permissions", grade::unknown, "not known: repositories could not be listed", {}};
        auto const gap = compare_scopes(needed, probed_, vocabulary_);
        if (!gap.missing.empty())
            return {prefix_ + "permissions", grade::failed, "missing: " + names_of(gap.missing),
                    "give the token and its user these permissions"};
        auto const welcome = untried(needed);
        return {prefix_ + "permissions",
                grade::ok,
                "as tried: " + names_of(needed) + (welcome.empty() ? "" : "; not tried: " + welcome),
                {}};
    }

    static std::string names_of(std::vector<scope> const& required)
    {
        std::string names;
        for (auto const& each : required)
            if (each.required)
                names += (names.empty() ? "" : ", ") + each.name + " (" + each.why + ")";
        return names;
    }

    // What is welcome, and may or may not be permitted.
    std::string untried(std::vector<scope> needed) const
    {
        for (auto& each : needed)
            each.required = true;
        return names_of(compare_scopes(needed, probed_, vocabulary_).missing);
    }

    line judge_limit() const
    {
        auto told = judge_allowance(with_.client->left(), budget_text(one_, who_));
        told.what = prefix_ + told.what;
        return told;
    }

    config::instance const& one_;
    config::auth const& who_;
    rest::session& with_;
    duties const duties_;
    vocabulary const vocabulary_;
    std::string const prefix_;
    tell_line const tell_;
    std::vector<std::string> probed_;
    bool tried_ = true;
};

class instance_check {
   public:
    instance_check(net::executor on, config::instance const& one, bitbucket_options options, tell_line tell)
        : on_(on), one_(one), options_(std::move(options)), tell_(std::move(tell))
    {
    }

    net::task<void> run()
    {
        // Where nothing speaks to it, whether it can be reached does not matter.
        if (!one_.auth && !one_.admin_auth) {
            tell_({"credential", grade::unknown, "auth is not configured: webhooks only, nothing is polled", {}});
            co_return;
        }
        auto const way = co_await check_way(on_, one_, one_.api);
        for (auto const& each : way.told)
            tell_(each);
        if (!way.open)
            co_return;
        auto const reading = duties_of_reader(one_, options_.polling);
        auto const administering = duties_of_admin(one_);
        if (one_.auth)
            co_await look_as(rest::role::reader, *one_.auth, reading);
        else
            tell_({"credential", grade::unknown, "auth is not configured, only admin_auth: nothing is polled", {}});
        if (one_.admin_auth)
            co_await look_as(rest::role::admin, *one_.admin_auth, administering);
        if (one_.webhook_url.empty())
            tell_({"webhooks", grade::unknown, "webhook.url is not set: not looked at", {}});
    }

   private:
    net::task<void> look_as(rest::role as, config::auth const& who, duties const& what)
    {
        std::string const prefix = as == rest::role::admin ? "admin " : "";
        auto opened = rest::open_session(on_, one_, session_of(as, options_.state, options_.lender, options_.notice));
        if (!opened) {
            tell_(failed(prefix + "credential", opened.error()));
            co_return;
        }
        credential_check now(one_, who, *opened, what, prefix, tell_);
        co_await now.run();
    }

    net::executor on_;
    config::instance const& one_;
    bitbucket_options const options_;
    tell_line const tell_;
};

}  // namespace

net::task<void> check_bitbucket(net::executor on, config::instance const& one, bitbucket_options options,
                                tell_line tell)
{
    instance_check now(on, one, std::move(options), std::move(tell));
    co_await now.run();
}

}  // namespace bbstream::check
