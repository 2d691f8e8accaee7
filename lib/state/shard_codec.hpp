// One shard as the bytes of a checkpoint (FORMAT.md), and back.
#pragma once

#include "base/failure.hpp"
#include "journal/journal.hpp"
#include "state/shard.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace bbstream::state {

inline constexpr std::uint32_t checkpoint_version = 8;

struct checkpoint_header {
    std::uint32_t version = checkpoint_version;
    std::uint32_t shard = 0;
    std::uint32_t shard_count = 0;
    journal::identity journal{};
    std::uint64_t applied = 0;  // all records through here are in it
    std::uint64_t units_max = 0;
    std::uint64_t evicted = 0;
};

class shard_codec {
   public:
    // Replaces `out`.
    static void encode(shard const& from, checkpoint_header const& header, std::string& out);

    // Only the header, of bytes whose checksum is right and whose version may be another.
    // Errors: corrupt, with what is wrong.
    static result<checkpoint_header> decode_header(std::string_view bytes);

    // The entries of a checkpoint of our version whose header was decoded. Errors: corrupt; `into` is then empty.
    static result<void> decode_entries(std::string_view bytes, shard& into);
};

}  // namespace bbstream::state
