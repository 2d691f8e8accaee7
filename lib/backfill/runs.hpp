// Looks that were asked for: which repositories each run still waits for, and which could not be looked at.
#pragma once

#include "backfill/schedule.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bbstream::backfill {

struct run_target {
    std::string instance;
    std::string id;
    std::string full_name;
};

struct run_failure {
    std::string instance;
    std::string repository;  // empty: all that were left of the instance
    std::string why;
    std::size_t repositories = 1;  // how many these are
};

struct run_progress {
    std::uint64_t id = 0;
    std::size_t repositories = 0;
    std::size_t left = 0;
    std::size_t failed = 0;             // of those that are not left
    std::uint64_t commits = 0;          // older ones that were told, where they were asked for
    std::vector<run_failure> failures;  // the first of them
};

// Any thread.
class runs {
   public:
    // Finished ones are forgotten, oldest first, where more begin.
    static constexpr std::size_t kept_max = 16;
    // Of one run, named with their reasons.
    static constexpr std::size_t failures_max = 100;

    // Gives its id; nothing while as many as can be kept are in progress. `older`: older commits are asked for, too.
    std::optional<std::uint64_t> begin(std::vector<run_target> targets, instant now, bool older = false);
    // Whether one more can be kept.
    bool has_room() const;
    // A look at all of it has ended. Runs that began after it wait for another one. `why` is empty where nothing
    // failed. `older_left`: there are older commits still to be listed, which runs that ask for them wait for.
    void looked(std::string_view instance, std::string_view id, instant began, std::string_view why,
                bool older_left = false);
    // Older commits that were asked for are listed, or given up for this reason.
    void told_older(std::string_view instance, std::string_view id, std::uint64_t commits, std::string_view why);
    // All that are left of an instance can't be looked at for this reason.
    void give_up(std::string_view instance, std::string_view why);
    // Those of an instance that are not there any more are waited for no longer.
    void forget_absent(std::string_view instance, std::function<bool(std::string_view id)> const& is_there);

    // Nothing for an id that is unknown or forgotten.
    std::optional<run_progress> progress(std::uint64_t id) const;

   private:
    using key = std::pair<std::string, std::string>;  // instance, id
    struct waiting {
        std::string full_name;
        bool looked = false;  // and only its older commits are left
    };
    struct run {
        run_progress so_far;
        instant begun;
        bool older = false;
        std::map<key, waiting> left;
    };

    std::deque<run>::const_iterator finished() const;
    static void settle(run& of, std::map<key, waiting>::iterator which, std::string_view why);

    std::mutex mutable mutex_;
    std::deque<run> kept_;
    std::uint64_t last_ = 0;
};

}  // namespace bbstream::backfill
