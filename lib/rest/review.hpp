// A pull request's review in our words, from the reviewers as a product lists them.
#pragma once

#include "rest/row.hpp"

#include <cstdint>
#include <string_view>

namespace bbstream::rest {

// Of how many reviewers `member` is `verdict`.
std::int64_t count_verdicts(json const& reviewers, std::string_view member, std::string_view verdict);
// Where the review stands: one text for all of its reviewers.
cell review_cell(std::int64_t approvals, std::int64_t change_requests);

}  // namespace bbstream::rest
