#include "check/way.hpp"

#include "check/judge.hpp"
#include "net/tls_client.hpp"
#include "rest/connection.hpp"

namespace bbstream::check {
namespace {

line unreachable(failure const& why, rest::connection const& link)
{
    if (link.certificate_refusal())
        return {"tls", grade::failed, why.message, "name the authority's certificate by api_ca, or mend the server's"};
    return {"reachable", grade::failed, why.message, "see to the network, the proxy (https_proxy, proxy) and api"};
}

}  // namespace

net::task<way> check_way(net::executor on, config::instance const& one, std::string url)
{
    way found;
    auto const unusable = [&](failure const& why) {
        found.told.push_back(failed("reachable", why));
        return std::move(found);
    };
    auto server = net::parse_web_address(url);
    if (!server)
        co_return unusable(server.error());
    auto const to = rest::route_to(std::move(*server), rest::proxy_settings_from(one.proxy));
    if (!to)
        co_return unusable(to.error());
    auto const tls = net::tls_client::make(one.api_ca);
    if (!tls)
        co_return unusable(tls.error());
    auto const link = std::make_shared<rest::connection>(on, *to, tls->get());
    auto const began = now_micros();
    auto const opened = co_await link->open();
    if (!opened) {
        found.told.push_back(unreachable(opened.error(), *link));
        co_return found;
    }
    found.open = true;
    found.told.push_back({"reachable",
                          grade::ok,
                          to->server.host + " port " + to->server.port +
                              (to->proxy ? " through the proxy " + to->proxy->host : std::string()) + " in " +
                              std::to_string((now_micros() - began) / 1000) + " ms",
                          {}});
    if (auto const end = link->certificate_end())
        found.told.push_back(judge_certificate(*end, now_micros()));
    else
        found.told.push_back({"tls", grade::ok, "none: plain HTTP within this machine", {}});
    co_return found;
}

}  // namespace bbstream::check
