// When something that failed is tried again, and what a failure is called in the journal.
#pragma once

#include "backfill/refusal.hpp"
#include "state/bounds.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace bbstream::backfill {

// After so many tries that failed: `first`, ten times as long, a hundred times, and so on; five tries take about a day.
std::chrono::seconds pause_after(unsigned tries, std::chrono::seconds first);

// Before a repository is looked at again after so many looks that failed, one after the other: `first`, twice as long,
// and so on, up to `longest`.
std::chrono::milliseconds pause_after_looks(unsigned failed, std::chrono::milliseconds first,
                                            std::chrono::milliseconds longest);

// Until it may be tried again that failed last at `tried`.
std::chrono::seconds wait_before_try(unsigned tries, state::seconds tried, std::chrono::seconds first);

// What it means for what was asked for; nothing where it says nothing of that.
std::string_view outcome_name(std::optional<refusal> why);

}  // namespace bbstream::backfill
