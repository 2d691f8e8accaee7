// The two Bitbuckets.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace bbstream {

enum class product : std::uint8_t { cloud = 1, datacenter = 2 };

constexpr std::string_view product_name(product which)
{
    return which == product::cloud ? "cloud" : "datacenter";
}

// Data Center's "Test connection": sent unsigned even where a secret is set, and never an event.
inline constexpr std::string_view ping_event_key = "diagnostics:ping";

constexpr std::optional<product> parse_product(std::string_view name)
{
    if (name == "cloud")
        return product::cloud;
    if (name == "datacenter")
        return product::datacenter;
    return std::nullopt;
}

}  // namespace bbstream
