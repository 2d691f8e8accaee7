// How to reach a server: straight, or through a proxy's tunnel.
#pragma once

#include "net/web_address.hpp"
#include "rest/proxy.hpp"

#include <optional>
#include <string>

namespace bbstream::rest {

struct route {
    net::web_address server;                // its path does not matter
    std::optional<net::web_address> proxy;  // of http://; speaks CONNECT
    std::string proxy_authorization;        // the header's value; empty: none
};

// Errors: those of choose_proxy.
result<route> route_to(net::web_address server, proxy_settings const& proxies);

}  // namespace bbstream::rest
