// Looks at one instance's repositories again and again: all of them seldom, those that have changed soon, and at once
// where a webhook shows that another one was lost.
#pragma once

#include "backfill/discovery.hpp"
#include "backfill/forecast.hpp"
#include "backfill/pressure.hpp"
#include "backfill/runs.hpp"
#include "backfill/schedule.hpp"
#include "backfill/stretch_report.hpp"
#include "backfill/visits.hpp"
#include "observe/metrics.hpp"
#include "rest/session.hpp"

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace bbstream::backfill {

// What listings of them have shown.
struct listed_repositories {
    std::vector<repository> selected;
    std::int64_t newest_made = 0;      // what is made later has a greater one
    micros newest_change = 0;          // of all of them
    std::vector<std::string> refused;  // listings, and why, for people
    bool complete() const { return refused.empty(); }
};

// Of one thread; outlives its coroutines.
class poller {
   public:
    poller(net::executor on, config::instance const& of, config::backfill const& how, journal::journal& journal,
           questions::ask_function ask, std::function<pressure()> pressed, rest::session over, runs& asked_for,
           observe::metrics& metrics);

    void start();
    // Ends what waits; the coroutines end soon after.
    void stop();

    // A webhook has shown that something is missing there.
    void note_missing(std::string repository);

    // Whether it is known which repositories there are.
    bool listed() const { return inventory_due_ != instant(); }
    // Why nothing is asked for just now, and until when, for people: Bitbucket refuses all of it. Empty: it does not.
    std::string refused() const;
    // Those that the glob matches; empty: all.
    std::vector<run_target> named(std::string_view glob) const;
    // Leave for a command to send with the same credential (rest/pacer.hpp).
    rest::leave lend(unsigned wanted) const { return over_.client->lend(wanted); }
    // How far looks have stretched. Any thread.
    stretch_report const& stretched() const { return stretch_; }
    // `older`: with older commits.
    forecast expect(std::size_t repositories, bool older) const;
    // That commits from `since` on are asked for is durable when this ends. False at the stop.
    net::task<bool> ask_for_history(std::vector<run_target> which, micros since);
    // These are looked at next; runs that wait for them end where all is refused.
    void look_soon(std::vector<run_target> const& which);

   private:
    void spawn(net::task<void> what);
    net::task<void> run();
    net::task<bool> begin();
    net::task<void> watch_stretch();
    net::task<void> take_inventory();
    net::task<void> ask_for_changes();
    net::task<std::optional<listed_repositories>> list_repositories(micros changed_since);
    net::task<bool> list_by(std::string target, listed_repositories& all);
    net::task<bool> note_first_inventory(std::int64_t newest_made);
    net::task<std::optional<normalize::repositories_view>> compare(std::vector<repository> const& found, bool complete);
    void discover(listing what);
    void start_looks();
    net::task<void> look_at(repository of, bool whole);
    net::task<void> give_up(std::string id);
    net::task<void> keep_ask(repository of, micros since);
    void note(look_outcome const& outcome, repository const& of);
    void back_off(refusal why, std::string const& message);
    void back_off(refusal why, std::string const& message, std::chrono::milliseconds pause);
    void end_runs_if_refused();
    instant due_after(look_outcome const& outcome, unsigned failed) const;
    std::chrono::milliseconds until_next() const;

    net::executor on_;
    config::instance const& instance_;
    config::backfill const& how_;
    std::function<pressure()> pressed_;
    observe::metrics& metrics_;
    runs& asked_for_;
    observe::gauge repositories_;
    observe::gauge waiting_;
    observe::counter listings_;
    stretch_report stretch_;
    std::unique_ptr<api> const api_;
    rest::session const over_;
    sleeper until_stop_;  // looks, which wait for the grace
    sleeper pause_;       // the loop, which something may wake
    questions questions_;
    recorder recorder_;
    visits visits_;
    discovery discovery_;
    schedule schedule_;
    std::int64_t newest_ = 0;         // what is made later is fresh
    micros newest_change_ = 0;        // that a listing has shown
    std::set<std::string> unlisted_;  // something is missing there, and they were not listed yet
    bool listed_before_ = false;
    std::set<std::string> looking_;   // at these
    std::set<std::string> given_up_;  // the last listing did not have them, and something is missing there
    tallies took_;
    std::uint64_t history_asked_ = 0;  // the last record that asks for older commits
    instant inventory_due_{};
    instant changes_due_;
    instant paused_until_;
    std::string refused_;  // why, if it was by a refusal that lasts
};

}  // namespace bbstream::backfill
