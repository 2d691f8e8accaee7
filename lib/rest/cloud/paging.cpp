#include "rest/cloud/paging.hpp"

#include "rest/json.hpp"
#include "rest/target.hpp"

#include <algorithm>
#include <charconv>

namespace bbstream::rest::cloud {
namespace {

using next_target = result<std::optional<std::string>>;

// Far beyond what a walk follows.
constexpr std::int64_t page_number_max = 1'000'000'000;

std::int64_t number_in(std::string_view text)
{
    std::int64_t value = 1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return std::clamp<std::int64_t>(value, 1, page_number_max);
}

}  // namespace

next_target by_next(std::string const& current, json const& page)
{
    auto const next = page["next"];
    auto const address = next.text();
    if (!next || address == "" || (address && page["values"].elements().empty()))
        return std::optional<std::string>();
    auto target = address ? target_of(*address) : std::nullopt;
    if (!target)
        return failure{failure_kind::invalid, current + ": the next page is nowhere"};
    return target;
}

next_target by_number(std::string const& current, json const& page)
{
    auto const number = number_in(parameter(current, "page").value_or("1"));
    auto const size = page["size"].number();
    auto const length = page["pagelen"].number();
    // In floating point: whatever the answer says, nothing overflows.
    bool const last =
        size && length && static_cast<double>(number) * static_cast<double>(*length) >= static_cast<double>(*size);
    if (last || page["values"].elements().empty())
        return std::optional<std::string>();
    return std::optional(with_parameter(current, "page", std::to_string(number + 1)));
}

}  // namespace bbstream::rest::cloud
