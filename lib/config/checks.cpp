#include "config/checks.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <arpa/inet.h>
#include <sys/un.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

namespace bbstream::config {

namespace {

constexpr std::size_t instance_name_max = 32;
constexpr std::size_t node_name_max = 64;
constexpr std::size_t webhook_path_max = 256;
constexpr std::size_t topic_prefix_max = 200;

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

bool is_alphanumeric(char c)
{
    return is_digit(c) || is_lower(c) || (c >= 'A' && c <= 'Z');
}

template <class Allowed>
bool consists_of(std::string_view text, std::size_t size_max, Allowed allowed)
{
    return !text.empty() && text.size() <= size_max && std::all_of(text.begin(), text.end(), allowed);
}

template <class Number>
bool is_number(std::string_view text, Number most)
{
    Number value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && value <= most;
}

bool is_ipv4(std::string const& text)
{
    in_addr address{};
    return ::inet_pton(AF_INET, text.c_str(), &address) == 1;
}

bool is_ipv6(std::string const& text)
{
    in6_addr address{};
    return ::inet_pton(AF_INET6, text.c_str(), &address) == 1;
}

bool is_host(std::string_view text)
{
    if (text.starts_with('[') && text.ends_with(']'))
        return is_ipv6(std::string(text.substr(1, text.size() - 2)));
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return is_alphanumeric(c) || c == '.' || c == '-' || c == '_'; });
}

bool is_host_and_port(std::string_view text)
{
    auto const colon = text.rfind(':');
    return colon != std::string_view::npos && is_host(text.substr(0, colon)) &&
           is_number<std::uint16_t>(text.substr(colon + 1), 65535);
}

bool is_loopback(boost::urls::url_view const& address)
{
    std::string const host = address.host_address();
    return host == "localhost" || host == "::1" || (host.starts_with("127.") && is_ipv4(host));
}

std::string_view wrong_with_address(std::string_view text, bool plain_anywhere)
{
    auto const parsed = boost::urls::parse_uri(boost::core::string_view(text.data(), text.size()));
    if (!parsed || !parsed->has_authority() || parsed->encoded_host().empty())
        return "is not an address such as https://host/path";
    // Boost.URL ends a host after what looks like an IP address, and takes what follows for the path.
    if (auto const path = parsed->encoded_path(); !path.empty() && !path.starts_with('/'))
        return "has a host name that begins with an IP address";
    bool const plain = parsed->scheme_id() == boost::urls::scheme::http;
    if (!plain && parsed->scheme_id() != boost::urls::scheme::https)
        return "is not an address such as https://host/path";
    if (parsed->has_port() && (parsed->port_number() == 0 || parsed->port() != std::to_string(parsed->port_number())))
        return "has a port that is not within 1 to 65535";
    if (parsed->has_userinfo())
        return "must not carry a user name or a password";
    if (parsed->has_query() || parsed->has_fragment())
        return "must end before its ? or #";
    if (plain && !plain_anywhere && !is_loopback(*parsed))
        return "must be https:// (http:// is accepted for loopback only)";
    return {};
}

}  // namespace

std::string_view any_text(std::string_view)
{
    return {};
}

std::string_view not_empty(std::string_view text)
{
    return text.empty() ? "is empty" : std::string_view();
}

std::string_view node_name(std::string_view text)
{
    auto const allowed = [](char c) { return is_alphanumeric(c) || c == '.' || c == '-' || c == '_'; };
    return consists_of(text, node_name_max, allowed) ? ""
                                                     : "must be 1 to 64 letters, digits, dots, dashes, underscores";
}

std::string_view instance_name(std::string_view text)
{
    auto const allowed = [](char c) { return is_lower(c) || is_digit(c) || c == '-'; };
    return consists_of(text, instance_name_max, allowed) ? "" : "must be 1 to 32 of a-z, 0-9 and dashes";
}

std::string_view webhook_path(std::string_view text)
{
    auto const allowed = [](char c) { return c > ' ' && c < 0x7f && c != '?' && c != '#'; };
    if (!text.starts_with('/'))
        return "must start with /";
    return consists_of(text, webhook_path_max, allowed) ? "" : "must be at most 256 of ASCII, without blanks, ? and #";
}

std::string_view topic_prefix(std::string_view text)
{
    auto const allowed = [](char c) { return is_alphanumeric(c) || c == '.' || c == '-' || c == '_'; };
    return consists_of(text, topic_prefix_max, allowed) ? ""
                                                        : "must be 1 to 200 letters, digits, dots, dashes, underscores";
}

std::string_view event_key(std::string_view text)
{
    auto const allowed = [](char c) { return is_lower(c) || c == '_' || c == ':'; };
    bool const right = consists_of(text, 64, allowed) && text.find(':') != std::string_view::npos;
    return right ? "" : "is not an event key such as repo:push";
}

std::string_view listen_address(std::string_view text)
{
    constexpr std::string_view unix_prefix = "unix:";
    if (text.starts_with(unix_prefix)) {
        auto const path = text.substr(unix_prefix.size());
        if (!path.starts_with('/'))
            return "must have a path from the root: unix:/path";
        return path.size() < sizeof(sockaddr_un::sun_path) ? "" : "has a path longer than a unix socket's 107 bytes";
    }
    return text == "systemd" || is_host_and_port(text) ? "" : "is not host:port, unix:/path or systemd";
}

std::string_view host_and_port(std::string_view text)
{
    return is_host_and_port(text) ? "" : "is not host:port";
}

std::string_view address_block(std::string_view text)
{
    auto const slash = text.find('/');
    auto const bits = slash == std::string_view::npos ? "0" : text.substr(slash + 1);
    std::string const host(text.substr(0, slash));
    bool const right = (is_ipv4(host) && is_number(bits, 32u)) || (is_ipv6(host) && is_number(bits, 128u));
    return right ? "" : "is not an address block such as 10.0.0.0/8 or 2001:db8::/32";
}

std::string_view web_address(std::string_view text)
{
    return wrong_with_address(text, false);
}

std::string_view proxy_address(std::string_view text)
{
    return wrong_with_address(text, true);
}

bool is_secret_reference(std::string_view text)
{
    auto const rest_after = [&](std::string_view prefix) -> std::optional<std::string_view> {
        if (!text.starts_with(prefix))
            return std::nullopt;
        return text.substr(prefix.size());
    };
    auto const in_name = [](char c) { return is_alphanumeric(c) || c == '.' || c == '-' || c == '_'; };
    if (auto const name = rest_after("credential:"))
        return consists_of(*name, 255, in_name) && *name != "." && *name != "..";
    if (auto const path = rest_after("file:"))
        return !path->empty() && path->find('\0') == std::string_view::npos;
    if (auto const name = rest_after("env:"))
        return consists_of(*name, 255, [](char c) { return is_alphanumeric(c) || c == '_'; }) &&
               !is_digit(name->front());
    return false;
}

}  // namespace bbstream::config
