#include "normalize/read.hpp"

#include <charconv>
#include <cmath>

namespace bbstream::normalize {

namespace {

constexpr micros year_0 = -62'167'219'200'000'000;
constexpr micros year_10000 = 253'402'300'800'000'000;

std::optional<micros> in_range(std::optional<micros> at)
{
    return at && *at >= year_0 && *at < year_10000 ? at : std::nullopt;
}

std::optional<micros> from_milliseconds(std::int64_t milliseconds)
{
    micros at = 0;
    return __builtin_mul_overflow(milliseconds, 1000, &at) ? std::nullopt : in_range(at);
}

std::optional<micros> parse_time(std::string_view text)
{
    if (auto const at = in_range(parse_timestamp(text)))
        return at;
    std::int64_t milliseconds = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), milliseconds);
    if (failed != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return from_milliseconds(milliseconds);
}

constexpr std::uint64_t number_max = std::uint64_t(1) << 53;  // what every JSON reader keeps

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::optional<element> member(object const& of, std::string_view name)
{
    element found;
    if (of.at_key(name).get(found) != simdjson::SUCCESS || found.is_null())
        return std::nullopt;
    return found;
}

std::optional<object> as_object(element const& what)
{
    object found;
    return what.get(found) == simdjson::SUCCESS ? std::optional(found) : std::nullopt;
}

event::text as_text(element const& what)
{
    std::string_view found;
    return what.get(found) == simdjson::SUCCESS ? event::text(found) : std::nullopt;
}

std::optional<object> object_member(object const& of, std::string_view name)
{
    auto const found = member(of, name);
    return found ? as_object(*found) : std::nullopt;
}

std::optional<array> array_member(object const& of, std::string_view name)
{
    array found;
    return of.at_key(name).get(found) == simdjson::SUCCESS ? std::optional(found) : std::nullopt;
}

event::text text_member(object const& of, std::string_view name)
{
    auto const found = member(of, name);
    return found ? as_text(*found) : std::nullopt;
}

std::optional<bool> bool_member(object const& of, std::string_view name)
{
    bool found = false;
    return of.at_key(name).get(found) == simdjson::SUCCESS ? std::optional(found) : std::nullopt;
}

event::text filled_member(object const& of, std::string_view name)
{
    auto const found = text_member(of, name);
    return found && !found->empty() ? found : std::nullopt;
}

event::text id_member(object const& of, std::string_view name, arena& memory)
{
    auto const found = member(of, name);
    if (!found)
        return std::nullopt;
    if (auto const text = as_text(*found))
        return text->empty() ? std::nullopt : text;
    std::int64_t number = 0;
    if (found->get(number) != simdjson::SUCCESS)
        return std::nullopt;
    char digits[20];
    auto const end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    return memory.join({std::string_view(digits, static_cast<std::size_t>(end - digits))});
}

std::optional<std::uint64_t> parse_number(std::string_view text)
{
    std::uint64_t number = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    bool const whole = failed == std::errc() && end == text.data() + text.size();
    return whole && number <= number_max ? std::optional(number) : std::nullopt;
}

std::optional<std::uint64_t> number_member(object const& of, std::string_view name)
{
    auto const found = member(of, name);
    if (!found)
        return std::nullopt;
    if (auto const text = as_text(*found))
        return parse_number(*text);
    std::uint64_t number = 0;
    return found->get(number) == simdjson::SUCCESS && number <= number_max ? std::optional(number) : std::nullopt;
}

event::text canonical_uuid(std::string_view text, arena& memory)
{
    if (text.starts_with('{') && text.ends_with('}'))
        text = text.substr(1, text.size() - 2);
    auto const canonical = memory.array<char>(text.size());
    std::transform(text.begin(), text.end(), canonical.begin(), lower);
    return canonical.empty() ? std::nullopt : event::text(std::string_view(canonical.data(), canonical.size()));
}

event::text uuid_member(object const& of, std::string_view name, arena& memory)
{
    auto const text = filled_member(of, name);
    return text ? canonical_uuid(*text, memory) : std::nullopt;
}

std::optional<micros> time_member(object const& of, std::string_view name)
{
    auto const found = member(of, name);
    if (!found)
        return std::nullopt;
    if (auto const text = as_text(*found))
        return parse_time(*text);
    std::int64_t milliseconds = 0;
    if (found->is<std::int64_t>() && found->get(milliseconds) == simdjson::SUCCESS)
        return from_milliseconds(milliseconds);
    double number = 0;
    if (found->is<double>() && found->get(number) == simdjson::SUCCESS && std::abs(number) < 1e15)
        return from_milliseconds(static_cast<std::int64_t>(number));
    return std::nullopt;
}

event::text link_member(object const& of, std::string_view name)
{
    auto const links = object_member(of, "links");
    auto const link = links ? member(*links, name) : std::nullopt;
    if (!link)
        return std::nullopt;
    if (auto const single = as_object(*link))
        return filled_member(*single, "href");
    array list;
    element first;
    if (link->get(list) != simdjson::SUCCESS || list.at(0).get(first) != simdjson::SUCCESS)
        return std::nullopt;
    auto const single = as_object(first);
    return single ? filled_member(*single, "href") : std::nullopt;
}

}  // namespace bbstream::normalize
