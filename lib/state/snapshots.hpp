// What was last known of things whose events do not say what was before: pull requests of Cloud. They are packed by
// those who compare them; here they are bytes, and how new those are.
#pragma once

#include "state/bounds.hpp"
#include "state/recency_table.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bbstream::state {

// A longer one is not remembered.
inline constexpr std::size_t snapshot_bytes_max = 16 * 1024;

struct snapshot {
    std::int64_t mark = 0;  // how new it is: a time, a version
    seconds at = 0;
    std::string packed;
};

class snapshots {
   public:
    // Valid until the next change of the shard.
    snapshot const* find(key const& of, seconds now);

    // `closed`: little more is to be expected of it, so it goes sooner.
    void write(key const& of, std::int64_t mark, std::string_view packed, bool closed, seconds now);

    void expire(seconds now);
    bool evict_one();  // closed ones first, then the oldest; false if there is none

    std::size_t size(bool closed) const { return (closed ? closed_ : open_).size(); }
    std::uint64_t units() const { return units_; }
    std::size_t bytes() const;

    // Oldest first.
    template <class Visit>
    void each(bool closed, Visit visit) const
    {
        (closed ? closed_ : open_).each(visit);
    }

    void clear();

   private:
    using table = recency_table<snapshot>;

    void erase(table& from, key const& of);

    table open_;
    table closed_;
    std::uint64_t units_ = 0;
    std::size_t packed_bytes_ = 0;
};

}  // namespace bbstream::state
