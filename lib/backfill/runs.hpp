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
    std::string repository;
    std::string why;
};

struct run_progress {
    std::uint64_t id = 0;
    std::size_t repositories = 0;
    std::size_t left = 0;
    std::size_t failed = 0;             // of those that are not left
    std::vector<run_failure> failures;  // the first of them
};

// Any thread.
class runs {
   public:
    // Finished ones are forgotten, oldest first, where more begin.
    static constexpr std::size_t kept_max = 16;
    // Of one run, named with their reasons.
    static constexpr std::size_t failures_max = 100;

    // Gives its id; nothing while as many as can be kept are in progress.
    std::optional<std::uint64_t> begin(std::vector<run_target> targets, instant now);
    // A look has ended. Runs that began after it wait for another one. `why` is empty where nothing failed.
    void looked(std::string_view instance, std::string_view id, instant began, std::string_view why);
    // Those of an instance that are not there any more are waited for no longer.
    void forget_absent(std::string_view instance, std::function<bool(std::string_view id)> const& is_there);

    // Nothing for an id that is unknown or forgotten.
    std::optional<run_progress> progress(std::uint64_t id) const;

   private:
    using key = std::pair<std::string, std::string>;  // instance, id
    struct run {
        run_progress so_far;
        instant begun;
        std::map<key, std::string> left;  // their names
    };

    static void settle(run& of, std::map<key, std::string>::iterator which, std::string_view why);

    std::mutex mutable mutex_;
    std::deque<run> kept_;
    std::uint64_t last_ = 0;
};

}  // namespace bbstream::backfill
