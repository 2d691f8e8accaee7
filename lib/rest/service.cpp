#include "rest/service.hpp"

namespace bbstream::rest {

result<repository_name> parse_repository_name(std::string_view text)
{
    auto const slash = text.find('/');
    repository_name name{std::string(text.substr(0, slash)),
                         slash == std::string_view::npos ? std::string() : std::string(text.substr(slash + 1))};
    // "..": a path's dots are not for a server to resolve.
    auto const bad = [](std::string const& part) {
        return part.empty() || part == "." || part == ".." || part.find('/') != std::string::npos;
    };
    if (bad(name.owner) || bad(name.slug))
        return failure{failure_kind::invalid, "a repository is WORKSPACE/SLUG, or PROJECT/SLUG of Data Center"};
    return name;
}

}  // namespace bbstream::rest
