#include "rest/review.hpp"

#include "rest/json.hpp"

namespace bbstream::rest {

std::int64_t count_verdicts(json const& reviewers, std::string_view member, std::string_view verdict)
{
    std::int64_t count = 0;
    for (auto const& each : reviewers.elements())
        count += each[member].text() == verdict;
    return count;
}

cell review_cell(std::int64_t approvals, std::int64_t change_requests)
{
    if (change_requests > 0)
        return "changes requested";
    return approvals > 0 ? "approved" : "none";
}

}  // namespace bbstream::rest
