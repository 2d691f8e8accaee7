#include "hooks/survey.hpp"

#include "config/selection.hpp"
#include "rest/walk.hpp"

#include <algorithm>

namespace bbstream::hooks {
namespace {

// Workspaces, projects and repositories of one survey.
constexpr std::size_t places_found_max = 200'000;

void add_once(std::vector<place>& to, place one)
{
    if (std::find(to.begin(), to.end(), one) == to.end())
        to.push_back(std::move(one));
}

bool is_unrestricted(config::instance const& one)
{
    return one.exclude.empty() && one.include == std::vector<std::string>{"*"};
}

// Collects where hooks of ours may be, then what is there.
class looking {
   public:
    looking(desk const& at, std::size_t places_max) : at_(at), places_max_(places_max) {}

    net::task<result<survey>> run()
    {
        auto const& one = at_.instance;
        if (one.platform == product::cloud && one.workspace.empty())
            co_return failure{failure_kind::invalid, "instance " + one.name + ": workspace is missing"};
        if (one.webhook_scope == level::workspace)
            wide_.push_back({level::workspace, one.workspace, {}});
        auto listed = co_await add_repositories();
        if (listed && one.webhook_scope == level::project && is_unrestricted(one))
            listed = co_await add_empty_projects();
        if (!listed)
            co_return listed.error();
        if (one.webhook_scope == level::repository && one.platform == product::cloud)
            wide_.push_back({level::workspace, one.workspace, {}});
        if (places_max_ != 0)
            narrow_.resize(std::min(narrow_.size(), places_max_));
        wide_.insert(wide_.end(), narrow_.begin(), narrow_.end());
        for (auto const& each : wide_) {
            auto const looked = co_await look_at(each);
            if (!looked)
                co_return looked.error();
        }
        co_return std::move(found_);
    }

   private:
    net::task<result<void>> add_repositories()
    {
        auto const what = at_.service.repositories();
        auto const add = [&](std::vector<rest::row> const& rows) {
            for (auto const& each : rows)
                add_repository(rest::text_named(what.shows, each, "name"),
                               rest::text_named(what.shows, each, "project"));
            return !is_full() && (places_max_ == 0 || narrow_.size() < places_max_);
        };
        auto listed = co_await rest::each_page(at_.over, what, add);
        co_return listed ? check_size() : std::move(listed);
    }

    bool is_full() const { return wide_.size() + narrow_.size() > places_found_max; }

    result<void> check_size() const
    {
        if (is_full())
            return failure{failure_kind::invalid,
                           "there are more than " + std::to_string(places_found_max) +
                               " repositories and projects: narrow projects, include or exclude"};
        return {};
    }

    void add_repository(std::string const& name, std::string const& project)
    {
        auto const parts = rest::parse_repository_name(name);
        if (!parts || !config::is_selected(at_.instance, name) || !config::is_in_projects(at_.instance, project))
            return;
        narrow_.push_back({level::repository, parts->owner, parts->slug});
        if (at_.instance.platform == product::datacenter)
            add_once(wide_, {level::project, parts->owner, {}});
    }

    // Those whose first repository is yet to come.
    net::task<result<void>> add_empty_projects()
    {
        auto const what = at_.service.projects();
        auto const& chosen = at_.instance.projects;
        auto const add = [&](std::vector<rest::row> const& rows) {
            for (auto const& each : rows)
                if (auto const key = rest::text_named(what.shows, each, "key");
                    chosen.empty() || std::find(chosen.begin(), chosen.end(), key) != chosen.end())
                    add_once(wide_, {level::project, key, {}});
            return !is_full();
        };
        auto listed = co_await rest::each_page(at_.over, what, add);
        co_return listed ? check_size() : std::move(listed);
    }

    net::task<result<void>> look_at(place where)
    {
        observed one{where, {}};
        auto const add = [&](std::vector<rest::row> const& rows) {
            for (auto const& each : rows)
                one.hooks.push_back(read_hook(each));
            return true;
        };
        auto const what = at_.hooks.hooks_of(where);
        auto seen = co_await rest::each_page(at_.over, what, add);
        bool const named =
            std::all_of(one.hooks.begin(), one.hooks.end(), [](hook const& each) { return is_hook_id(each.id); });
        if (seen && !named)
            seen = failure{failure_kind::invalid, "one has no id of Bitbucket's"};
        if (!seen && is_hopeless(at_, seen.error()))
            co_return seen.error();
        if (seen) {
            found_.there.push_back(std::move(one));
        } else {
            auto& to = where.level == at_.instance.webhook_scope ? found_.failures : found_.notes;
            to.push_back(place_text(where) + ": its webhooks can't be seen: " + seen.error().message);
        }
        co_return result<void>();
    }

    desk const& at_;
    std::size_t const places_max_;
    std::vector<place> wide_;    // the workspace, projects
    std::vector<place> narrow_;  // repositories
    survey found_;
};

}  // namespace

bool is_hopeless(desk const& at, failure const& why)
{
    return why.kind == failure_kind::unavailable || at.over.is_refused();
}

net::task<result<survey>> look(desk const& at, std::size_t places_max)
{
    looking now(at, places_max);
    co_return co_await now.run();
}

net::task<result<std::vector<std::string>>> wanted_events(desk const& at)
{
    if (!at.instance.webhook_events.empty())
        co_return at.instance.webhook_events;
    auto const what = at.hooks.events_request(at.instance.webhook_scope);
    auto const answer = co_await at.over.send(what);
    if (!answer)
        co_return answer.error();
    co_return at.hooks.read_events(answer->ok() ? answer->body : std::string());
}

}  // namespace bbstream::hooks
