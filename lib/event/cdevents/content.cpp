#include "event/cdevents/content.hpp"

#include <algorithm>

namespace bbstream::event::cdevents {

namespace {

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_hex_digit(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool may_stand_in_uri(char c)
{
    return is_letter(c) || is_digit(c) || std::string_view("-._~:/?#[]@!$&'()*+,;=").find(c) != std::string_view::npos;
}

bool may_stand_in_scheme(char c)
{
    return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
}

bool is_escaped_well(std::string_view text)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%')
            continue;
        if (at + 2 >= text.size() || !is_hex_digit(text[at + 1]) || !is_hex_digit(text[at + 2]))
            return false;
    }
    return true;
}

}  // namespace

bool is_uri(std::string_view text)
{
    auto const colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size() || !is_letter(text[0]))
        return false;
    auto const scheme = text.substr(0, colon);
    auto const rest = text.substr(colon + 1);
    return std::ranges::all_of(scheme, may_stand_in_scheme) &&
           std::ranges::all_of(rest, [](char c) { return c == '%' || may_stand_in_uri(c); }) && is_escaped_well(rest) &&
           std::ranges::count(rest, '#') <= 1;
}

std::string_view uri_of(event const& what, std::initializer_list<text> candidates)
{
    auto const found = std::ranges::find_if(candidates, [](text const& each) { return each && is_uri(*each); });
    return found == candidates.end() ? what.delivery->source : **found;
}

void add_repository(json_writer& to, event const& what)
{
    if (auto const* repository = what.delivery->repository)
        add_reference<"repository">(to, repository->id, what.delivery->source);
}

}  // namespace bbstream::event::cdevents
