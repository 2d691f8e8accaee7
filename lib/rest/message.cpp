#include "rest/message.hpp"

#include <algorithm>

namespace bbstream::rest {

std::string_view method_name(method how)
{
    switch (how) {
        case method::get:
            return "GET";
        case method::post:
            return "POST";
        case method::put:
            return "PUT";
        case method::remove:
            return "DELETE";
    }
    return {};
}

std::string_view response::header(std::string_view name) const
{
    auto const found =
        std::find_if(headers.begin(), headers.end(), [&](auto const& each) { return each.first == name; });
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace bbstream::rest
