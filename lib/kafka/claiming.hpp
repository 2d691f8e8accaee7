// Carrying claims out.
#pragma once

#include "kafka/claims.hpp"
#include "kafka/connect.hpp"

#include <memory>
#include <string>
#include <vector>

namespace bbstream::kafka {

struct claimant {
    std::string node;
    std::vector<std::string> instances;
    bool take_over = false;
};

// Of whoever writes owners there is one producer at a time, which fences the one before it. Errors: permanent;
// unavailable.
result<std::unique_ptr<producer>> connect_claimant(connection const& with);

// Makes `who` the owner of its instances, `seen` being the owners that it has found. With transactions only one node
// can be at it at a time, and one that is taken over is fenced; without them the last one to write wins.
// Errors: unavailable; permanent; conflict: another node serves one of them.
result<void> claim(connection const& with, claimant const& who, owners const& seen);

}  // namespace bbstream::kafka
