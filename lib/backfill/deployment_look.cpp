#include "backfill/deployment_look.hpp"

#include "backfill/deployment_targets.hpp"
#include "backfill/pipeline_targets.hpp"
#include "base/time.hpp"
#include "normalize/observation.hpp"

namespace bbstream::backfill {

namespace {

// More pages are no listing but a loop.
constexpr std::uint64_t pages_max = 1'000;
// Of one look: the next one goes on.
constexpr std::size_t look_ups_max = 200;
// What goes on for longer is seen when all are read only.
constexpr state::seconds open_max = 24 * 3600;

state::seconds now()
{
    return static_cast<state::seconds>(now_micros() / 1'000'000);
}

}  // namespace

net::task<look_outcome> deployment_look::run()
{
    auto const seen = co_await look();
    if (!seen || !seen->deployments.possible)
        co_return outcome_;
    auto const walked = with_.recorder.last();
    auto const due = walk_due(seen->deployments);
    bool goes_on = true;
    if (due && *due <= now())
        goes_on = co_await walk_through(seen->deployments.pages);
    else
        outcome_.runs_go_on = due.has_value();
    if (goes_on)
        co_await look_at_open(walked);
    co_return outcome_;
}

net::task<bool> deployment_look::walk_through(state::walk from)
{
    page_walk all{"deployments", deployments_target(of_), pages_max, {}, {}};
    all.key = [](std::string const&) { return normalize::deployments_key; };
    all.read = [](std::string const& target, std::string const& body) { return next_pipelines_page(target, body); };
    co_return co_await walk(std::move(all), std::move(from));
}

// What goes on and was on none of the pages.
net::task<bool> deployment_look::look_at_open(std::uint64_t walked)
{
    auto const seen = co_await look();
    if (!seen)
        co_return false;
    std::size_t looked_up = 0;
    for (auto const& each : seen->deployments.open) {
        if (each.is.record > walked || now() >= each.is.since + open_max || looked_up++ >= look_ups_max)
            continue;
        sought what{"a deployment", deployment_target(of_, each.id), normalize::deployment_key, {}};
        what.meta = [this, &each](page_meta const& page, bool found) {
            return deployment_meta(of_, page, each.id, found);
        };
        if (bool const looked = co_await look_up(std::move(what)); !looked)
            co_return false;
    }
    co_return true;
}

}  // namespace bbstream::backfill
