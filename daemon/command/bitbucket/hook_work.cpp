#include "daemon/command/bitbucket/hook_work.hpp"

#include "daemon/command/bitbucket/plan_output.hpp"
#include "daemon/command/complain.hpp"
#include "daemon/command/terminal.hpp"
#include "hooks/sync.hpp"

namespace bbstream::command {
namespace {

class syncing {
   public:
    syncing(place& here, hook_work const& options, hooks::keeper const& keeper, hooks::secret_memory memory)
        : desk_{*here.bitbucket.client, *here.bitbucket.service, keeper, here.instance},
          options_(options),
          memory_(std::move(memory))
    {
    }

    net::task<int> run()
    {
        if (auto const fits = check_secret(); !fits)
            co_return complain_of(fits.error());
        // Before anything is changed: whether it can be remembered.
        if (!options_.dry_run)
            if (auto const kept = memory_.save(); !kept)
                co_return complain_of(kept.error());
        auto const events = co_await hooks::wanted_events(desk_);
        if (!events)
            co_return complain_of(events.error());
        auto const seen = co_await hooks::look(desk_, 0);
        if (!seen)
            co_return complain_of(seen.error());
        tell(*seen);
        auto const plan = plan_for(*seen, *events);
        if (print(shown(plan)) != success)
            co_return failed;
        if (options_.dry_run)
            co_return verdict(*seen, true);
        auto const done = co_await carry_out(plan, *events);
        if (!done)
            co_return complain_of(done.error());
        if (!options_.json && print(plan_summary(plan, &*done)) != success)
            co_return failed;
        co_return verdict(*seen, done->failed == 0 && shown_);
    }

   private:
    result<void> check_secret() const
    {
        if (options_.secret && options_.secret->size() > desk_.hooks.secret_bytes_max())
            return failure{failure_kind::invalid,
                           "instance " + desk_.instance.name + ": the webhook's secret is longer than the " +
                               std::to_string(desk_.hooks.secret_bytes_max()) + " bytes that Bitbucket takes"};
        return {};
    }

    hooks::plan plan_for(hooks::survey const& seen, std::vector<std::string> const& events) const
    {
        auto const& one = desk_.instance;
        hooks::wishes const want{one.webhook_url, one.webhook_scope, events, options_.secret.has_value()};
        // What can't be seen may be what a duplicate would leave alone: then it stays.
        bool const prune = options_.prune && seen.failures.empty();
        return hooks::make_plan(seen.there, want, hooks::compare_with(memory_, one.name, options_.secret.value_or("")),
                                prune);
    }

    net::task<result<hooks::tally>> carry_out(hooks::plan const& plan, std::vector<std::string> events)
    {
        hooks::sync_options how{
            std::move(events), options_.secret, [this](hooks::told const& step) {
                if (options_.json)
                    shown_ = print(step_json(step.what, fate_of(step.what, true, step.failed))) == success && shown_;
                else if (step.failed)
                    complain(harmless(hooks::place_text(step.what.where) + ": " + step.failed->message));
            }};
        co_return co_await hooks::carry_out(desk_, plan, std::move(how), memory_);
    }

    // As JSON without what is shown once it is done.
    std::string shown(hooks::plan const& plan) const
    {
        if (!options_.json)
            return plan_table(plan) + (options_.dry_run ? plan_summary(plan, nullptr) : std::string());
        std::string text;
        for (auto const& each : plan.steps)
            if (options_.dry_run || each.what == hooks::deed::keep || each.what == hooks::deed::report)
                text += step_json(each, fate_of(each, false, std::nullopt));
        return text;
    }

    step_fate fate_of(hooks::step const& one, bool tried, std::optional<failure> failed) const
    {
        auto const* const known = memory_.find(desk_.instance.name, one.where, one.present.id);
        return {tried, std::move(failed), known ? std::optional(known->set) : std::nullopt};
    }

    static void tell(hooks::survey const& seen)
    {
        for (auto const* lines : {&seen.failures, &seen.notes})
            for (auto const& each : *lines)
                complain(harmless(each));
    }

    static int verdict(hooks::survey const& seen, bool all_done)
    {
        return seen.failures.empty() && all_done ? success : failed;
    }

    hooks::desk const desk_;
    hook_work const& options_;
    hooks::secret_memory memory_;
    // Hooks are changed to the end, whether or not somebody reads what is said of it.
    bool shown_ = true;
};

}  // namespace

net::task<int> work_on_hooks(place& here, hook_work const& what)
{
    auto const& one = here.instance;
    if (one.webhook_url.empty())
        co_return complain("instance " + one.name +
                           ": webhook.url is missing: the address at which Bitbucket reaches webhook.path");
    auto memory = hooks::secret_memory::load(what.state_path);
    if (!memory)
        co_return complain_of(memory.error());
    auto const keeper = hooks::make_keeper(one.platform, here.bitbucket.api_path);
    syncing now(here, what, *keeper, std::move(*memory));
    co_return co_await now.run();
}

}  // namespace bbstream::command
