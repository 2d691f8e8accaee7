// Which instances a node may serve: one daemon an instance, as records in the cursor topic say.
#pragma once

#include "base/failure.hpp"
#include "kafka/owner_record.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace bbstream::kafka {

// Owners by instance.
using owners = std::map<std::string, owner, std::less<>>;

// What is to be written, and to be done, so that a node serves its instances.
struct claims {
    owners written;                // first
    std::set<std::string> ousted;  // nodes that shall write no more, before `settled` is written
    owners settled;
    bool empty() const { return written.empty() && settled.empty(); }
};

// Errors: conflict, where another node serves one of them and `take_over` is not wanted.
result<claims> plan_claims(owners const& now, std::vector<std::string> const& instances, std::string const& node,
                           bool take_over);

}  // namespace bbstream::kafka
