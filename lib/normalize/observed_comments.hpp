// Comments on a pull request as REST lists them: Cloud as such, Data Center among what else happened to it.
#pragma once

#include "base/product.hpp"
#include "event/facts.hpp"
#include "event/pull_request.hpp"
#include "normalize/mapping.hpp"

#include <optional>
#include <vector>

namespace bbstream::normalize {

struct observed_comment {
    event::comment const* of = nullptr;
    bool deleted = false;                 // and still shown
    bool resolved = false;                // itself: a reply is not because its thread is
    std::optional<event::revision> edit;  // its last one, as ids take it; nothing where it shows none
};

// Of a page, without those that nobody else can see yet.
std::vector<observed_comment> read_observed_comments(product platform, object const& page, arena& memory);

namespace cloud {
std::vector<observed_comment> read_observed_comments(array const& values, arena& memory);
}
namespace datacenter {
std::vector<observed_comment> read_observed_comments(array const& values, arena& memory);
}

}  // namespace bbstream::normalize
