#include "hooks/plan.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace bbstream::hooks {
namespace {

using names = std::vector<std::string>;

names sorted(names all)
{
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

std::string list(names const& all)
{
    std::string text;
    for (auto const& each : all)
        text += ' ' + each;
    return text;
}

void add_event_drift(names& why, names const& has, names const& wants)
{
    names missing;
    names excess;
    std::set_difference(wants.begin(), wants.end(), has.begin(), has.end(), std::back_inserter(missing));
    std::set_difference(has.begin(), has.end(), wants.begin(), wants.end(), std::back_inserter(excess));
    if (!missing.empty())
        why.push_back("lacks" + list(missing));
    if (!excess.empty())
        why.push_back("too much" + list(excess));
}

// What to say of its secret; empty where it is the right one.
std::string secret_drift(hook const& present, secret_state state)
{
    if (present.has_secret == false)
        return "no secret";
    switch (state) {
        case secret_state::other:
            return "another secret";
        case secret_state::unknown:
            return "nobody remembers which secret";
        case secret_state::current:
            break;
    }
    return {};
}

step step_for(place const& where, hook const& present, wishes const& want, secret_look const& secret)
{
    step one{deed::keep, where, present, {}};
    if (!present.active)
        one.why.emplace_back("inactive");
    add_event_drift(one.why, sorted(present.events), sorted(want.events));
    if (want.signs)
        if (auto drift = secret_drift(present, secret(where, present)); !drift.empty())
            one.why.push_back(std::move(drift));
    if (!one.why.empty())
        one.what = deed::update;
    return one;
}

bool is_older(hook const& one, hook const& other)
{
    // Ids of Data Center are numbers: the shorter is the smaller.
    return std::tuple(one.created, one.id.size(), one.id) < std::tuple(other.created, other.id.size(), other.id);
}

class planning {
   public:
    planning(wishes const& want, secret_look const& secret, bool prune) : want_(want), secret_(secret), prune_(prune) {}

    void look_at(observed const& one)
    {
        std::vector<hook> ours;
        for (auto const& each : one.hooks)
            if (each.url == want_.url)
                ours.push_back(each);
        made_.foreign += one.hooks.size() - ours.size();
        std::sort(ours.begin(), ours.end(), is_older);
        if (one.where.level != want_.scope) {
            for (auto const& each : ours)
                add_duplicate(one.where, each, "webhook.scope is " + level_text(want_.scope));
            return;
        }
        if (ours.empty())
            made_.steps.push_back({deed::create, one.where, {}, {}});
        for (auto const& each : ours)
            if (&each == &ours.front())
                made_.steps.push_back(step_for(one.where, each, want_, secret_));
            else
                add_duplicate(one.where, each, "beside " + ours.front().id);
    }

    plan finish()
    {
        // What replaces something is there before that goes.
        std::stable_partition(made_.steps.begin(), made_.steps.end(),
                              [](step const& each) { return each.what != deed::remove; });
        return std::move(made_);
    }

   private:
    void add_duplicate(place const& where, hook const& present, std::string why)
    {
        made_.steps.push_back({prune_ ? deed::remove : deed::report, where, present, {std::move(why)}});
    }

    wishes const& want_;
    secret_look const& secret_;
    bool const prune_;
    plan made_;
};

}  // namespace

std::string_view deed_name(deed of)
{
    switch (of) {
        case deed::create:
            return "create";
        case deed::update:
            return "update";
        case deed::report:
            return "duplicate";
        case deed::remove:
            return "delete";
        case deed::keep:
            break;
    }
    return "keep";
}

std::size_t plan::count(deed of) const
{
    return static_cast<std::size_t>(
        std::count_if(steps.begin(), steps.end(), [of](step const& each) { return each.what == of; }));
}

plan make_plan(std::vector<observed> const& there, wishes const& want, secret_look const& secret, bool prune)
{
    planning now(want, secret, prune);
    for (auto const& each : there)
        now.look_at(each);
    return now.finish();
}

}  // namespace bbstream::hooks
