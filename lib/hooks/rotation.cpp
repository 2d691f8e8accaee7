#include "hooks/rotation.hpp"

#include "base/hex.hpp"
#include "event/digest.hpp"
#include "event/json_object.hpp"
#include "rest/json.hpp"

#include <algorithm>

namespace bbstream::hooks {
namespace {

constexpr std::int64_t format_version = 1;

void add_unless_known(std::vector<std::string>& to, std::string const& text)
{
    if (std::find(to.begin(), to.end(), text) == to.end())
        to.push_back(text);
}

void write_secrets(event::json_writer& to, rotation const& of)
{
    to.name<"secrets">();
    to.begin_array();
    for (auto const& each : of.secrets) {
        to.element();
        to.begin_object();
        to.text<"text">(each.text);
        to.time<"made">(each.made);
        to.end_object();
    }
    to.end_array();
}

micros time_in(rest::json const& value)
{
    return parse_timestamp(value.text().value_or("")).value_or(0);
}

}  // namespace

std::string fingerprint_of(std::string_view secret)
{
    auto const digest = event::sha256(secret);
    return to_hex(digest);
}

bool is_under_way(rotation const& of)
{
    return !of.secrets.empty() && of.rewritten == 0;
}

void begin(rotation& of, std::string fresh, micros now)
{
    of.secrets.insert(of.secrets.begin(), {std::move(fresh), now});
    of.accepted = false;
    of.rewritten = 0;
}

std::vector<std::string> accepted_secrets(rotation const& of, std::vector<std::string> const& configured)
{
    std::vector<std::string> all;
    for (auto const& each : of.secrets)
        add_unless_known(all, each.text);
    for (auto const& each : configured)
        add_unless_known(all, each);
    std::erase_if(all, [&](std::string const& each) { return of.retired.contains(fingerprint_of(each)); });
    return all;
}

std::optional<std::string> secret_for_hooks(rotation const& of, std::vector<std::string> const& configured)
{
    auto const all = accepted_secrets(of, configured);
    // Before the daemon takes the newest, what is signed by it would be refused.
    std::size_t const at = !of.secrets.empty() && !of.accepted ? 1 : 0;
    return at < all.size() ? std::optional(all[at]) : std::nullopt;
}

std::size_t retire(rotation& of, std::vector<std::string> const& configured, std::chrono::milliseconds window,
                   micros now)
{
    if (of.secrets.empty() || of.rewritten == 0)
        return 0;
    auto const bound = std::chrono::duration_cast<std::chrono::microseconds>(window).count();
    std::size_t count = 0;
    for (auto const& each : accepted_secrets(of, configured)) {
        auto const print = fingerprint_of(each);
        auto const last = std::max(of.rewritten, of.used.contains(print) ? of.used.at(print) : 0);
        if (each == of.secrets.front().text || now - last < bound)
            continue;
        of.retired.insert(print);
        ++count;
    }
    std::erase_if(of.secrets, [&](auto const& each) { return of.retired.contains(fingerprint_of(each.text)); });
    return count;
}

std::string encode(rotation const& of)
{
    std::string text;
    event::json_writer to(text);
    to.begin_object();
    to.number<"version">(format_version);
    write_secrets(to, of);
    to.boolean<"accepted">(of.accepted);
    to.time<"rewritten">(of.rewritten);
    to.name<"used">();
    to.begin_array();
    for (auto const& [print, when] : of.used) {
        to.element();
        to.begin_object();
        to.text<"fingerprint">(print);
        to.time<"when">(when);
        to.end_object();
    }
    to.end_array();
    event::write_list<"retired">(to, of.retired);
    to.end_object();
    return text;
}

result<rotation> decode_rotation(std::string_view text)
{
    rest::json_document document;
    auto const whole = document.parse(text);
    if (whole["version"].number() != format_version || !whole["secrets"].is_array())
        return failure{failure_kind::corrupt, "holds no webhook secrets of this version"};
    rotation of;
    for (auto const& each : whole["secrets"].elements()) {
        auto const secret = each["text"].text().value_or("");
        if (secret.empty())
            return failure{failure_kind::corrupt, "holds an empty webhook secret"};
        of.secrets.push_back({std::string(secret), time_in(each["made"])});
    }
    of.accepted = whole["accepted"].boolean().value_or(false);
    of.rewritten = time_in(whole["rewritten"]);
    for (auto const& each : whole["retired"].elements())
        of.retired.emplace(each.text().value_or(""));
    for (auto const& each : whole["used"].elements())
        of.used[std::string(each["fingerprint"].text().value_or(""))] = time_in(each["when"]);
    return of;
}

}  // namespace bbstream::hooks
