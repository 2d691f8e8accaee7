// JSON objects as text, and members of them that many have.
#pragma once

#include "event/json_writer.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace bbstream::event {

// The object whose members `write` writes.
template <class Write>
std::string object_of(Write write)
{
    std::string text;
    json_writer to(text);
    to.begin_object();
    write(to);
    to.end_object();
    return text;
}

template <member_name Name>
void write_unless_empty(json_writer& to, std::string_view text)
{
    if (!text.empty())
        to.text<Name>(text);
}

// A member that is null where there is no text.
template <member_name Name>
void write_or_null(json_writer& to, std::string_view text)
{
    to.text<Name>(text.empty() ? std::nullopt : std::optional(text));
}

// A member that is an array of texts; any range of them.
template <member_name Name, class Texts>
void write_list(json_writer& to, Texts const& texts)
{
    to.name<Name>();
    to.begin_array();
    for (auto const& each : texts) {
        to.element();
        to.text_value(each);
    }
    to.end_array();
}

}  // namespace bbstream::event
