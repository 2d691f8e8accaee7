// What is known of a repository itself: its name and what else REST describes.
#pragma once

#include "state/bounds.hpp"

#include <cstdint>
#include <string>

namespace bbstream::state {

// Descriptions are packed by those who compare them.
struct described {
    std::string id;              // as event ids have it; empty: REST has never shown it, or it is gone
    std::string known;           // how it is
    bool reconstructed = false;  // it became so unseen: the webhook that tells of it is no news
    std::uint64_t record = 0;    // that said so, in the journal
    std::string doubted;         // how REST shows it, if otherwise; empty: it does not
    seconds since = 0;           // when it was first seen so
    seconds absent = 0;          // when it was first not found; 0: it was not looked for in vain
};

}  // namespace bbstream::state
