#include "net/web_address.hpp"

#include "base/shown_url.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace bbstream::net {
namespace {

bool is_loopback(boost::urls::url_view const& url)
{
    switch (url.host_type()) {
        case boost::urls::host_type::ipv4:
            return url.host_ipv4_address().is_loopback();
        case boost::urls::host_type::ipv6:
            return url.host_ipv6_address().is_loopback();
        default:
            return url.host_address() == "localhost";
    }
}

}  // namespace

result<web_address> parse_web_address(std::string const& url)
{
    auto const wrong = [&](std::string const& why) {
        return failure{failure_kind::invalid, shown_url(url) + ": " + why};
    };
    auto const parsed = boost::urls::parse_uri(url);
    if (!parsed)
        return wrong("no URL like https://host/path");
    auto const scheme = parsed->scheme_id();
    if (scheme != boost::urls::scheme::https && scheme != boost::urls::scheme::http)
        return wrong("only https:// (and http:// for loopback) is spoken");
    // Boost.URL of Debian 12 ends a host after what looks like an IP address, and takes what follows for the path.
    if (auto const path = parsed->encoded_path(); !path.empty() && !path.starts_with('/'))
        return wrong("a host name can't begin with an IP address");
    if (parsed->host_address().empty() || parsed->has_userinfo())
        return wrong("a host without user name or password is expected");
    if (scheme == boost::urls::scheme::http && !is_loopback(*parsed))
        return wrong("http:// is for loopback only; use https://");
    web_address to;
    to.tls = scheme == boost::urls::scheme::https;
    to.host = parsed->host_address();
    to.port = parsed->has_port() ? std::string(parsed->port()) : to.tls ? "443" : "80";
    auto const authority = parsed->encoded_host_and_port();
    to.authority.assign(authority.data(), authority.size());
    auto const target = parsed->encoded_target();
    to.path.assign(target.data(), target.size());
    if (!to.path.starts_with('/'))
        to.path.insert(0, "/");
    return to;
}

}  // namespace bbstream::net
