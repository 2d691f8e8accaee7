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
// Not within the node's name, whose quotes are escaped.
constexpr std::string_view before_lost = ",\"lost\":[";
constexpr std::string_view before_topic = "{\"topic\":\"";
constexpr std::string_view before_partition = "\",\"partition\":";
constexpr std::string_view before_begin = ",\"begin\":";
constexpr std::string_view before_end = ",\"end\":";

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

// Names of topics have nothing that JSON would escape.
void append_range(std::string& to, offset_range const& each)
{
    to.append(before_topic).append(each.at.topic);
    to.append(before_partition).append(std::to_string(each.at.number));
    to.append(before_begin).append(std::to_string(each.begin));
    to.append(before_end).append(std::to_string(each.end)).append("}");
}

bool take(std::string_view& from, offset_range& range)
{
    if (!take(from, before_topic))
        return false;
    range.at.topic = from.substr(0, from.find('"'));
    from.remove_prefix(range.at.topic.size());
    return take(from, before_partition) && take_number(from, range.at.number) && take(from, before_begin) &&
           take_number(from, range.begin) && take(from, before_end) && take_number(from, range.end) && take(from, "}");
}

bool take_lost(std::string_view from, std::vector<offset_range>& lost)
{
    auto const at = from.find(before_lost);
    if (at == std::string_view::npos)
        return true;
    from.remove_prefix(at + before_lost.size());
    do {
        if (!take(from, lost.emplace_back()))
            return false;
    } while (take(from, ","));
    return take(from, "]");
}

}  // namespace

std::string cursor_value(sink::cursor const& from, std::string_view node, std::vector<offset_range> const& lost)
{
    std::string value(before_journal);
    value += to_hex(from.journal);
    value.append(before_epoch).append(std::to_string(from.epoch));
    value.append(before_sequence).append(std::to_string(from.sequence));
    value.append(before_node);
    event::append_json_string(value, node);
    for (auto const& each : lost) {
        value.append(&each == &lost.front() ? before_lost : ",");
        append_range(value, each);
    }
    value.append(lost.empty() ? "}" : "]}");
    return value;
}

std::optional<cursor_record> parse_cursor(std::string_view value)
{
    cursor_record read;
    if (!take(value, before_journal) || !take(value, read.cursor.journal) || !take(value, before_epoch) ||
        !take_number(value, read.cursor.epoch) || !take(value, before_sequence) ||
        !take_number(value, read.cursor.sequence) || !take(value, before_node) || !value.ends_with('}') ||
        !take_lost(value, read.lost))
        return std::nullopt;
    return read;
}

}  // namespace bbstream::kafka
