#include "event/event_id.hpp"

#include <charconv>

namespace bbstream::event {

namespace {

std::string_view escaped(char c)
{
    return c == '%' ? "%25" : c == '\n' ? "%0A" : c == '\r' ? "%0D" : "";
}

void append_escaped(std::string& out, std::string_view text)
{
    std::size_t copied = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto const replacement = escaped(text[at]);
        if (replacement.empty())
            continue;
        out.append(text, copied, at - copied).append(replacement);
        copied = at + 1;
    }
    out.append(text, copied, text.size() - copied);
}

}  // namespace

fact_name& fact_name::begin(std::string_view fact, std::string_view instance)
{
    return begin(fact, {}, instance);
}

fact_name& fact_name::begin(std::string_view family, std::string_view member, std::string_view instance)
{
    name_.assign("v1\n").append(family).append(member);
    return part(instance);
}

fact_name& fact_name::part(std::string_view text)
{
    name_ += '\n';
    append_escaped(name_, text);
    return *this;
}

fact_name& fact_name::part(std::uint64_t number)
{
    char digits[20];
    auto const end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    name_ += '\n';
    name_.append(digits, end);
    return *this;
}

fact_name& fact_name::time(micros at)
{
    name_ += '\n';
    append_rfc3339(name_, at);
    return *this;
}

}  // namespace bbstream::event
