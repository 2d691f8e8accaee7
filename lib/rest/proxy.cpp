#include "rest/proxy.hpp"

#include "rest/authorization.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <cstdlib>

namespace bbstream::rest {
namespace {

std::string variable(char const* lower, char const* upper)
{
    for (auto const* name : {lower, upper})
        if (char const* const value = std::getenv(name); value != nullptr && *value != '\0')
            return value;
    return {};
}

// "*", "host", ".domain" or "domain", which stand for everything below them too.
bool is_covered(std::string_view host, std::string_view pattern)
{
    while (pattern.starts_with(' '))
        pattern.remove_prefix(1);
    while (pattern.ends_with(' '))
        pattern.remove_suffix(1);
    if (pattern == "*")
        return true;
    if (pattern.starts_with('.'))
        pattern.remove_prefix(1);
    if (pattern.empty() || !host.ends_with(pattern))
        return false;
    return host.size() == pattern.size() || host[host.size() - pattern.size() - 1] == '.';
}

bool is_exception(std::string_view host, std::string_view list)
{
    while (!list.empty()) {
        auto const comma = list.find(',');
        if (is_covered(host, list.substr(0, comma)))
            return true;
        list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    }
    return false;
}

}  // namespace

proxy_settings proxy_settings_from(std::string const& configured)
{
    if (!configured.empty())
        return {configured, {}};
    return {variable("https_proxy", "HTTPS_PROXY"), variable("no_proxy", "NO_PROXY")};
}

result<std::optional<proxy_choice>> choose_proxy(proxy_settings const& from, std::string_view host)
{
    if (from.address.empty() || is_exception(host, from.except))
        return std::optional<proxy_choice>();
    auto const whole = from.address.find("://") == std::string::npos ? "http://" + from.address : from.address;
    auto const parsed = boost::urls::parse_uri(whole);
    // What follows an IP address without a slash belongs to a name that Boost.URL of Debian 12 cuts short.
    bool const is_cut = parsed && !parsed->encoded_path().empty() && !parsed->encoded_path().starts_with('/');
    if (!parsed || is_cut || parsed->host_address().empty() || parsed->scheme_id() != boost::urls::scheme::http)
        return failure{failure_kind::invalid, "the proxy must be http://host:port (what passes is TLS all the same)"};
    proxy_choice chosen;
    chosen.address.tls = false;
    chosen.address.host = parsed->host_address();
    chosen.address.port = parsed->has_port() ? std::string(parsed->port()) : "80";
    if (parsed->has_userinfo())
        chosen.authorization = basic_authorization(parsed->user(), parsed->password());
    return std::optional(std::move(chosen));
}

}  // namespace bbstream::rest
