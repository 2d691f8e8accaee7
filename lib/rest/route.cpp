#include "rest/route.hpp"

namespace bbstream::rest {

result<route> route_to(net::web_address server, proxy_settings const& proxies)
{
    route way{std::move(server), std::nullopt, {}};
    // What is plain stays within this machine.
    if (!way.server.tls)
        return way;
    auto chosen = choose_proxy(proxies, way.server.host);
    if (!chosen)
        return chosen.error();
    if (*chosen) {
        way.proxy = std::move((*chosen)->address);
        way.proxy_authorization = std::move((*chosen)->authorization);
    }
    return way;
}

}  // namespace bbstream::rest
