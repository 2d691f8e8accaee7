#include "rest/datacenter/paging.hpp"

#include "rest/json.hpp"
#include "rest/target.hpp"

namespace bbstream::rest::datacenter {

result<std::optional<std::string>> by_start(std::string const& current, json const& page)
{
    auto const next = page["nextPageStart"].number();
    if (page["isLastPage"].boolean().value_or(false) || !next)
        return std::optional<std::string>();
    if (*next <= page["start"].number().value_or(0))
        return failure{failure_kind::invalid, current + ": the pages have no end"};
    return std::optional(with_parameter(current, "start", std::to_string(*next)));
}

}  // namespace bbstream::rest::datacenter
