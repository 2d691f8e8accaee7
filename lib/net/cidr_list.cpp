// Address blocks, all in 128 bits.
#include "net/cidr_list.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>

namespace bbstream::net {
namespace {

using address = std::array<unsigned char, 16>;
constexpr unsigned mapped_bits = 96;

address map_ipv4(in_addr const& from)
{
    address mapped{};
    mapped[10] = mapped[11] = 0xff;
    std::memcpy(mapped.data() + mapped_bits / 8, &from, sizeof from);
    return mapped;
}

std::optional<address> address_of(sockaddr_storage const& peer)
{
    if (peer.ss_family == AF_INET) {
        sockaddr_in ipv4{};
        std::memcpy(&ipv4, &peer, sizeof ipv4);
        return map_ipv4(ipv4.sin_addr);
    }
    if (peer.ss_family == AF_INET6) {
        sockaddr_in6 ipv6{};
        std::memcpy(&ipv6, &peer, sizeof ipv6);
        address plain{};
        std::memcpy(plain.data(), &ipv6.sin6_addr, plain.size());
        return plain;
    }
    return std::nullopt;
}

std::optional<unsigned> parse_bits(std::string_view text, unsigned most)
{
    unsigned bits = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
    if (error != std::errc{} || end != text.data() + text.size() || bits > most)
        return std::nullopt;
    return bits;
}

}  // namespace

result<cidr_list> cidr_list::parse(std::span<std::string const> blocks)
{
    cidr_list list;
    for (auto const& text : blocks) {
        auto parsed = parse_block(text);
        if (!parsed)
            return parsed.error();
        list.blocks_.push_back(*parsed);
    }
    return list;
}

result<cidr_list::block> cidr_list::parse_block(std::string const& text)
{
    auto const wrong = failure{failure_kind::invalid, "\"" + text + "\" is no address block like 10.0.0.0/8"};
    auto const slash = text.find('/');
    auto const host = text.substr(0, slash);
    block parsed;
    in_addr ipv4{};
    unsigned most = 128;
    unsigned mapped = 0;
    if (::inet_pton(AF_INET, host.c_str(), &ipv4) == 1) {
        parsed.network = map_ipv4(ipv4);
        most = 32;
        mapped = mapped_bits;
    } else if (::inet_pton(AF_INET6, host.c_str(), parsed.network.data()) != 1) {
        return wrong;
    }
    auto const bits = slash == std::string::npos ? most : parse_bits(std::string_view(text).substr(slash + 1), most);
    if (!bits)
        return wrong;
    parsed.bits = mapped + *bits;
    return parsed;
}

bool cidr_list::allows(sockaddr_storage const& peer) const
{
    if (blocks_.empty())
        return true;
    auto const candidate = address_of(peer);
    return !candidate ||
           std::any_of(blocks_.begin(), blocks_.end(), [&](block const& one) { return one.contains(*candidate); });
}

bool cidr_list::block::contains(address const& candidate) const
{
    auto const whole = bits / 8;
    if (std::memcmp(network.data(), candidate.data(), whole) != 0)
        return false;
    auto const rest = bits % 8;
    return rest == 0 || (network[whole] ^ candidate[whole]) >> (8 - rest) == 0;
}

}  // namespace bbstream::net
