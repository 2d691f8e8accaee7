#include "rest/row.hpp"

#include "base/shown_url.hpp"
#include "base/time.hpp"
#include "rest/json.hpp"

namespace bbstream::rest {
namespace {

// Of the years 1 to 9999, which RFC 3339 can write.
constexpr std::int64_t first_millisecond = -62'135'596'800'000;
constexpr std::int64_t last_millisecond = 253'402'300'799'999;

}  // namespace

row read_row(columns of, json const& from)
{
    row cells;
    cells.reserve(of.size());
    for (auto const& each : of)
        cells.push_back(each.read(from));
    return cells;
}

std::string text_named(columns of, row const& cells, std::string_view name)
{
    for (std::size_t at = 0; at < of.size(); ++at)
        if (auto const* text = std::get_if<std::string>(&cells[at]); text && of[at].name == name)
            return *text;
    return {};
}

cell text_cell(json const& value)
{
    auto const text = value.text();
    return text ? cell(std::string(*text)) : cell();
}

cell address_cell(json const& value)
{
    auto const text = value.text();
    return text ? cell(shown_url(*text)) : cell();
}

cell number_cell(json const& value)
{
    auto const number = value.number();
    return number ? cell(*number) : cell();
}

cell boolean_cell(json const& value)
{
    auto const truth = value.boolean();
    return truth ? cell(*truth) : cell();
}

cell time_cell(json const& value)
{
    auto const text = value.text();
    auto at = text ? parse_timestamp(*text) : std::nullopt;
    if (auto const number = value.number();
        number && !at && *number >= first_millisecond && *number <= last_millisecond)
        at = *number * 1000;
    if (!at)
        return {};
    std::string made;
    append_rfc3339(made, *at);
    return made;
}

cell line_cell(json const& value)
{
    auto const text = value.text();
    return text ? cell(std::string(text->substr(0, text->find('\n')))) : cell();
}

cell joined_cell(json const& value)
{
    return joined_cell(value, {});
}

cell joined_cell(json const& value, std::string_view member)
{
    if (!value.is_array())
        return {};
    std::string all;
    for (auto const& each : value.elements())
        all += (all.empty() ? "" : ",") + std::string((member.empty() ? each : each[member]).text().value_or(""));
    return all;
}

cell cell_without(json const& value, std::string_view beginning)
{
    auto text = value.text();
    if (!text)
        return {};
    if (text->starts_with(beginning))
        text->remove_prefix(beginning.size());
    return std::string(*text);
}

}  // namespace bbstream::rest
