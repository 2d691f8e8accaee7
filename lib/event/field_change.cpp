#include "event/field_change.hpp"

#include "base/hex.hpp"
#include "event/digest.hpp"
#include "event/json_writer.hpp"

#include <algorithm>
#include <cassert>
#include <vector>

namespace bbstream::event {

namespace {

constexpr std::size_t digest_bytes = 8;

void append_value(std::string& out, field_value const& value)
{
    assert(!std::holds_alternative<actor const*>(value));
    if (auto const* words = std::get_if<std::string_view>(&value))
        append_json_string(out, *words);
    else if (auto const* truth = std::get_if<bool>(&value))
        out += *truth ? "true" : "false";
    else if (auto const* number = std::get_if<std::uint64_t>(&value))
        out += std::to_string(*number);
    else
        out += "null";
}

}  // namespace

std::string changes_digest(field_changes changes)
{
    std::vector<field_change> sorted(changes.begin(), changes.end());
    std::sort(sorted.begin(), sorted.end(),
              [](field_change const& a, field_change const& b) { return a.field < b.field; });
    std::string canonical = "{";
    for (auto const& each : sorted) {
        canonical += canonical.size() > 1 ? "," : "";
        append_json_string(canonical, each.field);
        append_value(canonical += ":{\"new\":", each.after);
        append_value(canonical += ",\"old\":", each.before);
        canonical += '}';
    }
    canonical += '}';
    auto const digest = sha256(canonical);
    return to_hex(std::span(digest).first(digest_bytes));
}

}  // namespace bbstream::event
