// What should lie in a sink beside what does: which events are missing, doubled, out of order, foreign or different.
//
// Both sides come in order of their sequence. What does not fit is remembered until the end, up to a bound: an event
// that was missing may still come, out of order; one that comes in vain is doubled where the sink has another like it,
// else foreign. A second look at the sink tells.
#pragma once

#include "event/batch.hpp"
#include "event/digest.hpp"
#include "sink/mark.hpp"
#include "sink/reader.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bbstream::flow {

enum class fault_kind : std::uint8_t { missing, doubled, out_of_order, foreign, different };
inline constexpr std::size_t fault_kind_count = static_cast<std::size_t>(fault_kind::different) + 1;
std::string_view fault_name(fault_kind which);

struct fault {
    fault_kind kind = fault_kind::missing;
    std::string sequence;  // "0001.0000000000000001042.000003"; empty where it can't be read
    std::string id;        // of the event; empty for a dead letter
    std::string where;     // the source it was found in, or the topic it is missing from
};

struct found_event {
    std::optional<sink::mark> at;  // nothing where there is no sequence to read
    sink::read_event content;
    sink::source const* from = nullptr;
};

// Equal but for `recordedtime`, as far as the sink keeps it: value, key, headers and topic.
bool same_event(event::encoded const& expected, found_event const& found);

class comparison {
   public:
    static constexpr std::size_t unsettled_max = 100'000;
    static constexpr std::size_t listed_max = 1'000;  // faults beyond are counted only

    // `epoch` is that of the expected events.
    explicit comparison(std::uint32_t epoch) : epoch_(epoch) {}

    // An expected event, and what lies at its position.
    void compare(event::encoded const& expected, found_event const& found);
    void miss(event::encoded const& expected);
    // One that comes where none like it is expected.
    void come_in_vain(found_event const& found);

    // Whether more is wrong than this can hold: going on is of no use.
    bool is_full() const { return missing_.size() + vain_.size() >= unsettled_max; }
    // Whether every event of the sink must be shown again, to tell what came in vain.
    bool wants_second_look() const { return !vain_.empty(); }
    void look_again(found_event const& found);
    // No more comes: what is still missing or in vain is a fault.
    void settle();

    std::uint64_t compared() const { return compared_; }
    std::uint64_t dead_lettered() const { return dead_lettered_; }  // among them: refused by the sink for good
    std::uint64_t count(fault_kind which) const { return counts_[static_cast<std::size_t>(which)]; }
    bool any_fault() const;
    std::vector<fault> const& faults() const { return faults_; }

   private:
    struct expectation {
        event::sha256_digest content;
        std::string id;
        event::topic topic;
    };
    using vain_key = std::pair<sink::mark, event::sha256_digest>;
    struct vain_events {  // all alike
        std::string id;
        std::string where;  // the first of them
        std::uint64_t count = 0;
        std::uint64_t in_sink = 0;  // as the second look shows
    };

    void add(fault what);

    std::uint32_t epoch_;
    std::map<event::position, expectation> missing_;
    std::map<vain_key, vain_events> vain_;
    std::uint64_t compared_ = 0;
    std::uint64_t dead_lettered_ = 0;
    std::array<std::uint64_t, fault_kind_count> counts_{};
    std::vector<fault> faults_;
};

}  // namespace bbstream::flow
