#include "sink/attribute.hpp"

#include "event/headers.hpp"

#include <string>

namespace bbstream::sink {

namespace {

// Inside a JSON string each quote follows a backslash, so the name with its colon can only be a member's.
std::string_view member_of(std::string_view value, std::string_view name)
{
    auto const member = '"' + std::string(name) + "\":\"";
    auto const at = value.find(member);
    if (at == std::string_view::npos)
        return {};
    auto const begin = at + member.size();
    return value.substr(begin, value.find('"', begin) - begin);
}

bool is_binary(read_event const& content)
{
    return content.headers && !event::header_of(*content.headers, "ce_", "specversion").empty() &&
           !event::header_of(*content.headers, "", "content-type").starts_with("application/cloudevents");
}

}  // namespace

std::string_view attribute_of(read_event const& content, std::string_view name)
{
    return is_binary(content) ? event::header_of(*content.headers, "ce_", name) : member_of(content.value, name);
}

}  // namespace bbstream::sink
