// Writes a listing's rows to standard output until there are enough of them.
#pragma once

#include "daemon/command/bitbucket/errand.hpp"
#include "rest/walk.hpp"

namespace bbstream::command {

struct row_wish {
    bool json = false;
    std::uint64_t limit = 0;  // 0: all
};

// Gives the exit code.
net::task<int> write_rows(rest::client& over, rest::listing what, row_wish wish);

}  // namespace bbstream::command
