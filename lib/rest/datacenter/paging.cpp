#include "rest/datacenter/paging.hpp"

#include "rest/json.hpp"
#include "rest/target.hpp"

#include <algorithm>
#include <charconv>

namespace bbstream::rest::datacenter {
namespace {

// Where the page starts that was asked for.
std::int64_t start_of(std::string const& target)
{
    auto const text = parameter(target, "start").value_or("");
    std::int64_t start = 0;
    std::from_chars(text.data(), text.data() + text.size(), start);
    return start;
}

}  // namespace

result<std::optional<std::string>> by_start(std::string const& current, json const& page)
{
    auto const next = page["nextPageStart"].number();
    // Some resources leave it out at the end, and say that there are more.
    if (page["isLastPage"].boolean().value_or(false) || !page["nextPageStart"])
        return std::optional<std::string>();
    if (!next)
        return failure{failure_kind::invalid, current + ": there are more pages, and the answer does not say where"};
    if (*next <= std::max(page["start"].number().value_or(0), start_of(current)))
        return failure{failure_kind::invalid, current + ": the pages have no end"};
    return std::optional(with_parameter(current, "start", std::to_string(*next)));
}

result<std::optional<std::string>> no_more_files(std::string const&, json const& page)
{
    if (page["isLastPage"].boolean().value_or(true))
        return std::optional<std::string>();
    return failure{failure_kind::invalid, "Data Center gives no more than the first " +
                                              std::to_string(page["values"].elements().size()) + " changed files"};
}

}  // namespace bbstream::rest::datacenter
