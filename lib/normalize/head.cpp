#include "normalize/head.hpp"

#include "base/hex.hpp"
#include "event/digest.hpp"
#include "normalize/hash.hpp"

#include <algorithm>
#include <array>

namespace bbstream::normalize {

state::head head_of(std::string_view hash)
{
    if (is_zero_hash(hash))
        return {};
    if (is_full_hash(hash))
        return state::head::of_hex(hash);
    auto const digest = event::sha1(hash);
    std::array<unsigned char, 16> first;
    std::copy_n(digest.begin(), first.size(), first.begin());
    return state::head::of_digest(first);
}

std::string_view hash_of(state::head const& head, arena& memory)
{
    return head.none() ? no_hash : memory.join({to_hex({head.data(), head.size()})});
}

}  // namespace bbstream::normalize
