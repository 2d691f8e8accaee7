// Looks for what webhooks missed, at all instances that a credential is configured for, on a thread of its own.
#pragma once

#include "backfill/poller.hpp"
#include "backfill/unpolled.hpp"

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace bbstream::backfill {

struct run_wish {
    std::string instance;    // empty: all
    std::string repository;  // a glob; empty: all
    bool dry_run = false;    // no more than the forecast
    micros since = 0;        // with commits from then on, be they older than what was first seen; 0: without
};

struct run_begun {
    std::uint64_t id = 0;  // 0: a dry run
    std::vector<forecast> forecasts;
};

class polling {
   public:
    // `configuration` outlives it. An instance whose credential can't be used is left out, which is said: webhooks are
    // received all the same.
    polling(config::config const& configuration, journal::journal& journal, questions::ask_function const& ask,
            std::function<pressure()> const& pressed, observe::metrics& metrics);
    ~polling();

    void start();
    // Ends what is in progress; what is journaled by then goes on from there at the next start.
    void stop();

    // A webhook shows that something is missing in a repository. Any thread.
    void note_missing(std::string_view instance, std::string_view repository);

    // Repositories are looked at now, whenever they were due; what is asked for of older commits is durable. Errors:
    // invalid where nothing is polled by that name; unavailable while repositories are not listed yet, or too many runs
    // are in progress. Any thread but its own, which it waits for, not for long.
    result<run_begun> begin_run(run_wish wish);
    // Leave for a command to send so many requests to an instance. Errors: invalid where nothing is polled by that
    // name; unavailable. Any thread but its own, which it waits for, not for long.
    result<rest::leave> lend(std::string instance, unsigned wanted);
    // How far looks at each instance that is polled have stretched. Any thread.
    std::vector<stretch_report const*> stretched() const;
    // Nothing for an unknown or forgotten one. Any thread.
    std::optional<run_progress> progress(std::uint64_t run) const { return runs_.progress(run); }

   private:
    struct polled {
        std::string instance;
        std::unique_ptr<poller> by;
    };

    struct plan {
        run_begun begun;
        std::vector<run_target> targets;
    };

    using promised_run = std::promise<result<run_begun>>;

    net::task<void> answer_run(run_wish wish, std::shared_ptr<promised_run> to);
    result<plan> make_plan(run_wish const& wish) const;
    net::task<result<run_begun>> begin_here(run_wish wish);
    result<rest::leave> lend_here(std::string const& instance, unsigned wanted);
    net::task<bool> ask_for_history(std::vector<run_target> const& targets, micros since);

    boost::asio::io_context io_{1};
    runs runs_;
    std::vector<polled> pollers_;
    std::vector<std::unique_ptr<unpolled>> unpolled_;
    std::thread thread_;
};

}  // namespace bbstream::backfill
