// What was missed, when, why, and what became of it: gathered from the events of the retained journal.
#pragma once

#include "event/event.hpp"
#include "state/state.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace bbstream::flow {

enum class gap_end : std::uint8_t { open, filled, unfillable };
std::string_view gap_end_name(gap_end which);

struct logged_gap {
    state::key id;  // of the gap's event; zeros where a listing ended too early without one
    std::string instance;
    std::string repository;  // its name where it is known, else its id
    std::string ref;         // empty: of the repository as a whole
    std::string reason;
    std::string known;  // hashes, empty where there is none: where the ref stood, and the change that does not fit
    std::string before;
    std::string after;
    micros seen = 0;
    micros ended = 0;
    gap_end end = gap_end::open;
    std::uint64_t found = 0;
    std::uint64_t missing = 0;  // at least
};

class gap_log {
   public:
    // So many are remembered; what comes then is counted.
    static constexpr std::size_t gaps_max = 100'000;

    // `since`: gaps that were seen before are left out.
    explicit gap_log(micros since) : since_(since) {}

    // What is open in the state that the fold begins with.
    void begin(state::state const& from);
    void take(event::event const& what);

    // In the order in which they were seen.
    std::vector<logged_gap> const& gaps() const { return gaps_; }
    std::uint64_t left_out() const { return left_out_; }

   private:
    logged_gap* add(state::key const& id, micros seen);
    void note_gap(event::event const& what, event::gap_detected const& how);
    void note_end(event::event const& what, event::backfill_finished const& how);

    micros const since_;
    std::vector<logged_gap> gaps_;
    std::map<std::pair<std::uint64_t, std::uint64_t>, std::size_t> places_;
    std::uint64_t left_out_ = 0;
};

}  // namespace bbstream::flow
