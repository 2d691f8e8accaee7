#include "backfill/poller.hpp"

#include "backfill/tries.hpp"
#include "normalize/observation.hpp"
#include "observe/log.hpp"
#include "rest/wait_text.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <cmath>

namespace bbstream::backfill {

namespace {

using std::chrono::milliseconds;
using clock = std::chrono::steady_clock;

// Looks at the same time: most of them wait, for the budget or for the grace.
constexpr std::size_t looks_max = 64;
// The loop looks around at least so often, and not more often.
constexpr milliseconds pause_longest{1'000};
constexpr milliseconds pause_shortest{20};
// A look that failed is tried again after so long, or after `interval` where that is shorter.
constexpr milliseconds failed_pause{60'000};
// While it goes on failing the pause doubles up to this, or to `reconcile` where that is shorter: what has failed is
// owed, and a look an hour costs little.
constexpr milliseconds failed_pause_longest{3'600'000};
// Repositories whose older commits are asked for at the same time.
constexpr std::size_t history_asks_max = 256;

std::chrono::seconds whole_seconds(milliseconds time)
{
    return std::chrono::ceil<std::chrono::seconds>(time);
}

}  // namespace

poller::poller(net::executor on, config::instance const& of, config::backfill const& how, journal::journal& journal,
               questions::ask_function ask, std::function<pressure()> pressed, rest::session over, runs& asked_for,
               observe::metrics& metrics)
    : on_(on),
      instance_(of),
      how_(how),
      pressed_(std::move(pressed)),
      metrics_(metrics),
      asked_for_(asked_for),
      repositories_(metrics.make_gauge("bbstream_backfill_repositories", "Repositories that are polled",
                                       {{"instance", of.name}})),
      waiting_(metrics.make_gauge("bbstream_backfill_waiting",
                                  "1 while nothing is asked for: the credential is refused, or the fold or the sink is "
                                  "behind",
                                  {{"instance", of.name}})),
      listings_(metrics.make_counter("bbstream_backfill_listings_total",
                                     "Listings of repositories, of all or of those that have changed",
                                     {{"instance", of.name}})),
      stretch_(of.name, how, metrics),
      api_(make_api(of)),
      over_(std::move(over)),
      until_stop_(on),
      pause_(on),
      questions_(on, std::move(ask)),
      recorder_(on, journal, of, until_stop_, metrics),
      visits_(how.interval),
      discovery_(of, *api_, *over_.client, recorder_, until_stop_, whole_seconds(how.grace), metrics)
{
}

void poller::start()
{
    spawn(run());
    spawn(watch_stretch());
}

// What fails beyond all that is foreseen ends the thread, and with it the process: nobody else would notice.
void poller::spawn(net::task<void> what)
{
    boost::asio::co_spawn(on_, std::move(what), [](std::exception_ptr const& why) {
        if (why)
            std::rethrow_exception(why);
    });
}

void poller::stop()
{
    until_stop_.stop();
    pause_.stop();
    questions_.stop();
    over_.client->stop();
    over_.over->stop();
}

void poller::note_missing(std::string repository)
{
    auto const now = clock::now();
    if (!schedule_.call(repository, now) && given_up_.contains(repository)) {
        spawn(give_up(std::move(repository)));
    } else if (!schedule_.has(repository)) {
        unlisted_.insert(std::move(repository));
        inventory_due_ = std::min(inventory_due_, now + how_.interval);
    }
    pause_.wake();
}

std::vector<run_target> poller::named(std::string_view glob) const
{
    std::vector<run_target> found;
    for (auto& each : schedule_.named(glob))
        found.push_back({instance_.name, std::move(each.id), std::move(each.full_name)});
    return found;
}

forecast poller::expect(std::size_t repositories, bool older) const
{
    auto made = backfill::expect(took_, repositories, older, api_->goes_by_name() ? walk_by_name : walk_by_id);
    auto const& who = *instance_.auth;
    made.instance = instance_.name;
    made.refused = refused();
    made.per_hour =
        instance_.platform == product::cloud ? who.requests_per_hour : std::uint64_t{3600} * who.requests_per_second;
    return made;
}

void poller::look_soon(std::vector<run_target> const& which)
{
    for (auto const& each : which)
        if (each.instance == instance_.name)
            schedule_.hasten(each.id, clock::now());
    end_runs_if_refused();
    pause_.wake();
}

net::task<void> poller::run()
{
    bool goes_on = co_await begin();
    while (goes_on) {
        auto const now = clock::now();
        bool const waits = now < paused_until_ || must_wait(pressed_());
        waiting_.set(waits ? 1 : 0);
        if (!waits && now >= inventory_due_)
            co_await take_inventory();
        else if (!waits && api_->tells_changes() && now >= changes_due_)
            co_await ask_for_changes();
        if (!waits && clock::now() >= paused_until_)  // also where listings come as often as they can
            start_looks();
        goes_on = co_await pause_.sleep(waits ? pause_longest : until_next());
    }
}

// Whether all repositories were listed before is known to the fold; it is asked when it has caught up with the journal.
net::task<bool> poller::begin()
{
    auto const seen = co_await questions_.view(recorder_.last(), instance_.name, "");
    if (!seen)
        co_return false;
    listed_before_ = seen->baseline;
    newest_ = seen->newest;
    auto missing = co_await questions_.with_missing(recorder_.last(), instance_.name);
    if (!missing)
        co_return false;
    unlisted_.insert(missing->begin(), missing->end());
    observe::info("polling what webhooks may miss",
                  {{"instance", instance_.name}, {"interval_s", whole_seconds(how_.interval).count()}});
    co_return true;
}

// What the credential does not see, or the configuration leaves out, can't be asked for.
net::task<void> poller::give_up(std::string id)
{
    auto const seen = co_await questions_.view(recorder_.last(), instance_.name, id);
    if (!seen)
        co_return;
    repository of;
    of.described = described_by_id(instance_.platform, id);
    for (auto const& each : seen->missing) {
        page_meta meta;
        meta.asof = recorder_.last();
        meta.request = each.id;
        answer_record record{journal::origin::enrichment, normalize::request_key, outcome_meta(of, meta, "absent"),
                             "{}"};
        if (auto const kept = co_await recorder_.append(std::move(record)); !kept)
            co_return;
    }
    if (seen->history.since == 0)
        co_return;
    page_meta meta;
    meta.asof = recorder_.last();
    answer_record record{journal::origin::backfill, normalize::history_key, outcome_meta(of, meta, "absent"), "{}"};
    co_await recorder_.append(std::move(record));
}

// Many at a time, since each waits for the journal.
net::task<bool> poller::ask_for_history(std::vector<run_target> which, micros since)
{
    for (std::size_t at = 0; at < which.size() && !until_stop_.stopped();) {
        std::size_t waiting = 0;
        timer all_kept(on_, instant::max());
        for (; at < which.size() && waiting < history_asks_max; ++at) {
            auto of = schedule_.find(which[at].id);
            if (which[at].instance != instance_.name || !of)
                continue;
            ++waiting;
            boost::asio::co_spawn(on_, keep_ask(std::move(*of), since), [&](std::exception_ptr const&) {
                if (--waiting == 0)
                    all_kept.cancel();
            });
        }
        if (waiting > 0)
            co_await all_kept.async_wait(net::as_result);
    }
    co_return !until_stop_.stopped();
}

net::task<void> poller::keep_ask(repository of, micros since)
{
    page_meta meta;
    meta.asof = recorder_.last();
    answer_record record{journal::origin::backfill, normalize::history_key,
                         history_meta(of, meta, static_cast<std::uint64_t>(std::max<micros>(since / 1'000'000, 1))),
                         "{}"};
    if (auto const kept = co_await recorder_.append(std::move(record)))
        history_asked_ = std::max(history_asked_, *kept);
}

// Of the whole instance.
void poller::back_off(refusal why, std::string const& message)
{
    back_off(why, message, left_alone_for(why));
}

void poller::back_off(refusal why, std::string const& message, milliseconds pause)
{
    if (until_stop_.stopped() || clock::now() < paused_until_)
        return;
    pause = std::max(pause, std::min(failed_pause, how_.interval));
    paused_until_ = clock::now() + jittered(pause);
    refused_ = why == refusal::later ? std::string() : message;
    observe::warn("an instance can't be asked just now; it is tried again",
                  {{"instance", instance_.name}, {"why", message}, {"in_s", whole_seconds(pause).count()}});
    end_runs_if_refused();
}

std::string poller::refused() const
{
    auto const left = paused_until_ - clock::now();
    if (refused_.empty() || left <= clock::duration::zero())
        return {};
    return refused_ + "; it is tried again in " + rest::wait_text(std::chrono::duration_cast<milliseconds>(left));
}

// Who asked is told now, and not when it is tried again.
void poller::end_runs_if_refused()
{
    if (auto const why = refused(); !why.empty())
        asked_for_.give_up(instance_.name, why);
}

void poller::start_looks()
{
    while (looking_.size() < looks_max) {
        auto next = schedule_.take(clock::now());
        if (!next)
            return;
        if (!looking_.insert(next->id).second) {  // a listing had lost it meanwhile
            schedule_.put_back(next->id, clock::now() + failed_pause);
            continue;
        }
        bool const whole = schedule_.is_due(next->id, clock::now());
        spawn(look_at(std::move(*next), whole));
    }
}

net::task<void> poller::look_at(repository of, bool whole)
{
    workbench const with{instance_,
                         *api_,
                         *over_.client,
                         recorder_,
                         questions_,
                         until_stop_,
                         whole_seconds(how_.grace),
                         how_.first_commits,
                         whole_seconds(std::min(failed_pause, how_.interval)),
                         [this] { return must_wait(pressed_()); }};
    auto const began = clock::now();
    visit_wish const wish{of.made > newest_, whole, history_asked_};
    auto const [outcome, older, failed] = co_await visits_.look_at(with, of, wish);
    looking_.erase(of.id);
    note(outcome, of);
    if (older.ended)
        asked_for_.told_older(instance_.name, of.id, older.told, older.why);
    if (outcome.refused != refusal::stopped && (outcome.whole || outcome.refused))
        asked_for_.looked(instance_.name, of.id, began, outcome.refused ? outcome.why : std::string(), older.left);
    took_.older.requests += older.requests;
    took_.older.looks += older.ended;
    auto again = outcome.missing_in ? std::optional(clock::now() + *outcome.missing_in) : std::nullopt;
    if (auto const call = visits_.next_call(of.id))
        again = std::min(*call, again.value_or(*call));
    if (outcome.whole || outcome.refused)
        schedule_.put_back(of.id, due_after(outcome, failed));
    else
        schedule_.put_back_called(of.id, std::nullopt);
    if (again)
        schedule_.call(of.id, *again);
    pause_.wake();
}

void poller::note(look_outcome const& outcome, repository const& of)
{
    if (outcome.refused == refusal::stopped)
        return;
    auto const how = outcome.refused ? refusal_name(*outcome.refused) : outcome.differed ? "differed" : "same";
    metrics_
        .make_counter("bbstream_backfill_looks_total", "Looks at a repository",
                      {{"instance", instance_.name}, {"outcome", how}})
        .add();
    if (!outcome.refused) {
        if (outcome.whole)
            (outcome.differed ? took_.changed : took_.same).add(outcome.requests);
        return;
    }
    if (outcome.refused == refusal::absent)  // it may have another name now
        inventory_due_ = std::min(inventory_due_, clock::now() + how_.interval);
    if (outcome.refused == refusal::unauthorized)
        back_off(refusal::unauthorized, outcome.why);
    else
        observe::warn("a repository can't be looked at just now",
                      {{"instance", instance_.name}, {"repository", of.full_name}, {"why", outcome.why}});
}

// Where webhooks work a look is a check that they do; where they do not it is what stands for them. Cloud tells which
// repositories have changed. One that is not there (404) may be there again, and goes when a listing of all lacks it.
instant poller::due_after(look_outcome const& outcome, unsigned failed) const
{
    auto pause = how_.reconcile;
    if (outcome.refused)
        pause = std::max(outcome.refused == refusal::absent ? milliseconds(0) : left_alone_for(*outcome.refused),
                         pause_after_looks(failed, std::min(failed_pause, how_.interval),
                                           std::min(failed_pause_longest, how_.reconcile)));
    else if (outcome.differed || (!outcome.delivered && !api_->tells_changes()))
        pause = std::min(how_.interval, how_.reconcile);
    return clock::now() + jittered(pause);
}

milliseconds poller::until_next() const
{
    auto const now = clock::now();
    auto wait = pause_longest;
    auto const consider = [&](instant at) {
        wait = std::min(wait, std::chrono::duration_cast<milliseconds>(at - now));
    };
    consider(inventory_due_);
    if (api_->tells_changes())
        consider(changes_due_);
    if (auto const next = schedule_.next(); next && looking_.size() < looks_max)
        consider(*next);
    return std::max(wait, pause_shortest);
}

}  // namespace bbstream::backfill
