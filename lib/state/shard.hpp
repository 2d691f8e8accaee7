// One shard of the fold's state: all that is remembered of the repositories that fall into it.
#pragma once

#include "base/time.hpp"
#include "state/bounds.hpp"
#include "state/recency_table.hpp"
#include "state/reconciliation.hpp"
#include "state/ref_state.hpp"
#include "state/snapshots.hpp"

#include <cstdint>
#include <optional>

namespace bbstream::state {

seconds to_seconds(micros at);

// Where something stands that goes to and fro, like a reviewer's verdict: the last fact of it, and a number that says
// how new that is (a time, a version).
struct machine {
    key fact;
    std::int64_t mark = 0;
    seconds at = 0;
};

// Whether a delivery was seen in the last 24 hours.
enum class seen : std::uint8_t {
    never,
    alike,
    otherwise,  // with another body
};

class shard {
   public:
    // Deliveries. One that was never seen now is; `body` is a checksum of what it holds.
    seen see_delivery(key const& delivery, std::uint32_t body, seconds now);

    // Occurrences of a fact so far. `told`: when it happened, as the product tells, if it does.
    std::uint32_t occurrences(key const& fact, seconds now);
    void count_occurrence(key const& fact, std::optional<seconds> told, seconds now);
    // Whether `told` is the time of one of them, give or take the tolerance; nothing where their times are not known.
    std::optional<bool> occurred_at(key const& fact, seconds told, seconds now);

    // Facts that happen once. Whether this one is new; if so, it now is published.
    bool publish_once(key const& fact, seconds now);
    bool is_published(key const& fact, seconds now);

    // What is known of a machine; valid until the next change of the shard.
    machine const* find_machine(key const& of, seconds now);
    void write_machine(key const& of, key const& fact, std::int64_t mark, seconds now);
    void forget_machine(key const& of) { machines_.erase(of); }

    // What was last known of a thing.
    snapshot const* find_snapshot(key const& of, seconds now) { return snapshots_.find(of, now); }
    void write_snapshot(key const& of, std::int64_t mark, std::string_view packed, bool closed, seconds now)
    {
        snapshots_.write(of, mark, packed, closed, now);
    }

    bool knows_repository(key const& repository) { return repositories_.find(repository) != nullptr; }
    void know_repository(key const& repository) { repositories_.write(repository); }

    // What is known of a ref; nothing (false) leaves `into` alone.
    bool find_ref(key const& ref, ref_state& into);
    void write_ref(key const& ref, ref_state const& now);

    // What REST has shown of a repository; nothing where it has not been looked at, and no ref is known. Valid until
    // one is made.
    reconciliation* find_reconciliation(key const& repository) { return reconciliations_.find(repository); }
    reconciliation& make_reconciliation(key const& repository) { return reconciliations_.write(repository); }
    // visit(key, reconciliation) of each.
    template <class Visit>
    void each_reconciliation(Visit visit) const
    {
        reconciliations_.each([&](auto const& entry) { visit(entry.key, entry.value); });
    }
    // After a change of it, for bytes().
    void weigh(reconciliation& changed);

    // After each record: what has left its window goes, then, above the bound, the oldest: old heads of refs and
    // refs that no longer exist, then published facts, then snapshots, then machines, then occurrences, then
    // deliveries. Repositories, what REST has shown of them, and heads of existing refs stay whatever the bound.
    void forget(seconds now);

    std::uint64_t units() const;
    std::uint64_t units_max() const { return units_max_; }
    void set_units_max(std::uint64_t units) { units_max_ = units; }
    std::uint64_t evicted() const { return evicted_; }  // by the bound, since ever
    void set_evicted(std::uint64_t count) { evicted_ = count; }
    std::size_t bytes() const;
    void clear();

   private:
    friend class shard_codec;

    struct moment {
        seconds at = 0;
    };
    struct arrival {
        seconds at = 0;
        std::uint32_t body = 0;
    };
    struct counter {
        std::uint32_t count = 0;
        seconds at = 0;
        seconds told = 0;  // of the last one, 0 where it was not; those of the others are published facts
    };
    struct nothing {};

    bool evict_one();
    void settle_oldest_ref();
    void weigh_all();  // after they were loaded

    recency_table<arrival> deliveries_;
    recency_table<moment> published_;
    snapshots snapshots_;
    recency_table<machine> machines_;
    recency_table<counter> counters_;
    recency_table<ref_state> refs_;
    recency_table<settled_ref_state> settled_refs_;
    recency_table<nothing> repositories_;
    recency_table<reconciliation> reconciliations_;
    std::size_t reconciliation_bytes_ = 0;
    std::uint64_t units_max_ = UINT64_MAX;
    std::uint64_t evicted_ = 0;
};

}  // namespace bbstream::state
