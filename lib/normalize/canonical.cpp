#include "normalize/canonical.hpp"

#include "base/hex.hpp"
#include "event/digest.hpp"
#include "event/encode.hpp"
#include "event/json_writer.hpp"
#include "normalize/document.hpp"

#include <algorithm>
#include <span>
#include <vector>

namespace bbstream::normalize {

namespace {

constexpr std::size_t revision_bytes = 8;

void append_canonical(std::string& out, element const& of);

void append_list(std::string& out, array const& of)
{
    out += '[';
    for (char const* between = ""; element const each : of) {
        out += between;
        append_canonical(out, each);
        between = ",";
    }
    out += ']';
}

void append_canonical(std::string& out, element const& of)
{
    if (auto const fields = as_object(of))
        normalize::append_canonical(out, *fields);
    else if (array list; of.get(list) == simdjson::SUCCESS)
        append_list(out, list);
    else if (std::string_view text; of.get(text) == simdjson::SUCCESS)
        event::append_json_string(out, text);
    else
        out += simdjson::minify(of);
}

}  // namespace

void append_canonical(std::string& out, object const& of, std::initializer_list<std::string_view> left_out)
{
    std::vector<std::pair<std::string_view, element>> members;
    for (auto const& each : of)
        if (std::ranges::find(left_out, each.key) == left_out.end())
            members.emplace_back(each.key, each.value);
    std::ranges::sort(members, {}, [](auto const& each) { return each.first; });
    out += '{';
    for (char const* between = ""; auto const& [name, value] : members) {
        event::append_json_string(out += between, name);
        append_canonical(out += ':', value);
        between = ",";
    }
    out += '}';
}

std::string revision_of(event::event const& shown)
{
    event::encoding how;
    how.headers = true;
    how.mode = event::content_mode::binary;  // the value is the data alone
    // What deliveries share is made for one encoding, and this one is not that of the publishing.
    event::delivery alone = *shown.delivery;
    alone.shared = nullptr;
    event::event of = shown;
    of.delivery = &alone;
    event::batch encoded;
    event::encode(of, how, 0, encoded);
    document read;
    std::string canonical;
    if (auto const data = encoded.empty() ? std::nullopt : read.parse(encoded[0].value))
        append_canonical(canonical, *data, {"raw", "enrichment", "truncated"});
    auto const digest = event::sha256(canonical);
    return to_hex(std::span(digest).first(revision_bytes));
}

}  // namespace bbstream::normalize
