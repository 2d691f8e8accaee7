// Which proxy, if any, leads to a host.
#pragma once

#include "base/failure.hpp"
#include "net/web_address.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace bbstream::rest {

struct proxy_choice {
    net::web_address address;
    std::string authorization;  // for Proxy-Authorization; empty: none
};

struct proxy_settings {
    std::string address;  // http://[user:password@]host:port; empty: none
    std::string except;   // hosts that are reached directly, as no_proxy lists them
};

// The configured one, else $https_proxy or $HTTPS_PROXY with $no_proxy or $NO_PROXY.
proxy_settings proxy_settings_from(std::string const& configured);

// Errors: invalid where the proxy's address is none. (It may hold a password, and is not shown.)
result<std::optional<proxy_choice>> choose_proxy(proxy_settings const& from, std::string_view host);

}  // namespace bbstream::rest
