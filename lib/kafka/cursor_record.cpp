#include "kafka/cursor_record.hpp"

#include "base/hex.hpp"
#include "event/json_writer.hpp"

#include <charconv>

namespace bbstream::kafka {

namespace {

constexpr std::string_view before_journal = "{\"journal\":\"";
constexpr std::string_view before_epoch = "\",\"epoch\":";
constexpr std::string_view before_sequence = ",\"sequence\":";
constexpr std::string_view before_node = ",\"node\":";

bool take(std::string_view& from, std::string_view expected)
{
    if (!from.starts_with(expected))
        return false;
    from.remove_prefix(expected.size());
    return true;
}

bool take(std::string_view& from, journal::identity& identity)
{
    auto const digits = from.substr(0, 2 * identity.size());
    if (!from_hex(digits, identity))
        return false;
    from.remove_prefix(digits.size());
    return true;
}

template <class Number>
bool take_number(std::string_view& from, Number& number)
{
    auto const [end, error] = std::from_chars(from.data(), from.data() + from.size(), number);
    from.remove_prefix(static_cast<std::size_t>(end - from.data()));
    return error == std::errc();
}

}  // namespace

std::string cursor_value(sink::cursor const& from, std::string_view node)
{
    std::string value(before_journal);
    value += to_hex(from.journal);
    value.append(before_epoch).append(std::to_string(from.epoch));
    value.append(before_sequence).append(std::to_string(from.sequence));
    value.append(before_node);
    event::append_json_string(value, node);
    value += '}';
    return value;
}

std::optional<sink::cursor> parse_cursor(std::string_view value)
{
    sink::cursor read;
    if (!take(value, before_journal) || !take(value, read.journal) || !take(value, before_epoch) ||
        !take_number(value, read.epoch) || !take(value, before_sequence) || !take_number(value, read.sequence) ||
        !take(value, before_node) || !value.ends_with('}'))
        return std::nullopt;
    return read;
}

}  // namespace bbstream::kafka
