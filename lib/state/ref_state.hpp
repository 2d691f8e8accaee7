// What is remembered of one ref: where it stands, and where it stood.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bbstream::state {

// A commit or tag object that a ref points to; none where the ref does not exist. Hashes of 40 and 64 hex digits are
// kept whole; anything else that was sent as one is kept as a digest.
class head {
   public:
    head() = default;
    static head of_hex(std::string_view hex);
    static head of_digest(std::array<unsigned char, 16> const& digest);
    static head of_bytes(std::size_t size, unsigned char const* bytes);

    bool none() const { return size_ == 0; }
    std::size_t size() const { return size_; }
    unsigned char const* data() const { return bytes_.data(); }

    // Enough to tell it from the other heads of its ref; 0 for none.
    std::uint64_t prefix() const;

    friend bool operator==(head const&, head const&) = default;

   private:
    std::array<unsigned char, 32> bytes_{};
    std::uint8_t size_ = 0;
};

// The heads that a ref is known to have had, itself included: the newest `Capacity`, by prefix.
template <std::size_t Capacity>
class known_heads {
   public:
    bool contains(std::uint64_t prefix) const
    {
        for (std::size_t at = 0; at < size_; ++at)
            if (prefixes_[at] == prefix)
                return true;
        return false;
    }

    // One that is known becomes the newest.
    void add(std::uint64_t prefix)
    {
        std::size_t at = 0;
        while (at < size_ && prefixes_[at] != prefix)
            ++at;
        if (at == size_ && size_ < Capacity)
            ++size_;
        else if (at == size_)
            at = 0;
        for (; at + 1 < size_; ++at)
            prefixes_[at] = prefixes_[at + 1];
        prefixes_[size_ - 1] = prefix;
    }

    std::size_t size() const { return size_; }
    std::uint64_t operator[](std::size_t at) const { return prefixes_[at]; }  // oldest first

   private:
    std::array<std::uint64_t, Capacity> prefixes_{};
    std::uint8_t size_ = 0;
};

inline constexpr std::size_t known_heads_max = 16;
inline constexpr std::size_t settled_heads_max = 2;

template <std::size_t Capacity>
struct basic_ref_state {
    state::head head;
    std::uint32_t moved = 0;     // when it last did, in seconds since 1970, as the product tells; 0 where it never did
    std::uint64_t record = 0;    // the sequence of the record that last moved it
    std::uint64_t previous = 0;  // prefix of the `old` of the last transition that moved the head
    known_heads<Capacity> known;
};

using ref_state = basic_ref_state<known_heads_max>;
// After its old heads are forgotten.
using settled_ref_state = basic_ref_state<settled_heads_max>;

}  // namespace bbstream::state
