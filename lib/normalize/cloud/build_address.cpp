#include "normalize/cloud/build_address.hpp"

#include "normalize/hash.hpp"
#include "normalize/read.hpp"

namespace bbstream::normalize::cloud {

event::text hash_in_address(event::text address)
{
    static constexpr std::string_view marker = "/commit/";
    auto const at = address ? address->find(marker) : std::string_view::npos;
    if (at == std::string_view::npos)
        return std::nullopt;
    auto const rest = address->substr(at + marker.size());
    auto const hash = rest.substr(0, rest.find_first_of("/?#"));
    return is_hex(hash) && !hash.empty() ? event::text(hash) : std::nullopt;
}

pipeline_address pipeline_of_address(std::string_view address)
{
    static constexpr std::string_view marker = "/results/";
    pipeline_address found;
    found.is_pipeline =
        address.starts_with("https://bitbucket.org/") && address.find("/pipelines/") != std::string_view::npos;
    auto const at = address.find(marker);
    if (!found.is_pipeline || at == std::string_view::npos)
        return found;
    auto const rest = address.substr(at + marker.size());
    found.number = parse_number(rest.substr(0, rest.find_first_not_of("0123456789")));
    return found;
}

}  // namespace bbstream::normalize::cloud
