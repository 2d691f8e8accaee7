// Whether a record brings a delivery that was folded before: a retry, or a second hook's copy of it (rule 1).
#pragma once

#include "event/event.hpp"
#include "event/event_id.hpp"
#include "state/shard.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace bbstream::normalize {

// The event keys whose bodies hold a time, so that equal bytes are the same delivery even under another id.
bool identical_bodies_are_one(product platform, std::string_view event_key);

// A body, and its hashes once they are asked for: SHA-256 of one of 5 KB takes longer than to parse it.
class hashed_body {
   public:
    void set(std::string_view bytes);
    std::string_view sha256();  // in hex
    // Enough beside the id of a delivery, which nobody but Bitbucket chooses: CRC-32C.
    std::uint32_t checksum() const;

   private:
    std::string_view bytes_;
    std::string sha256_;
};

enum class arrival : std::uint8_t {
    fresh,
    repeated,
    reused_id,  // fresh, though its delivery id came before, with another body
};

// A retry has instance, event key, delivery id and body alike, within 24 hours. Remembers the delivery if it is new.
arrival judge_arrival(event::delivery const& of, hashed_body& body, state::seconds now, event::fact_name& scratch,
                      state::shard& in);

}  // namespace bbstream::normalize
