#include "event/event_id.hpp"

#include <charconv>

namespace bbstream::event {

namespace {

void append_escaped(std::string& out, std::string_view text)
{
    for (;;) {
        std::size_t const special = text.find_first_of("%\n\r");
        out.append(text.substr(0, special));
        if (special == std::string_view::npos)
            return;
        out.append(text[special] == '%' ? "%25" : text[special] == '\n' ? "%0A" : "%0D");
        text.remove_prefix(special + 1);
    }
}

}  // namespace

fact_name& fact_name::begin(std::string_view fact, std::string_view instance)
{
    name_.assign("v1\n").append(fact);
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

}  // namespace bbstream::event
