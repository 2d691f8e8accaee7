// Address blocks.
#include "net/cidr_list.hpp"

#include <boost/test/unit_test.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>

#include <cstring>

using bbstream::net::cidr_list;

namespace {

sockaddr_storage address(char const* text)
{
    sockaddr_storage made{};
    sockaddr_in ipv4{};
    sockaddr_in6 ipv6{};
    ipv4.sin_family = AF_INET;
    ipv6.sin6_family = AF_INET6;
    if (::inet_pton(AF_INET, text, &ipv4.sin_addr) == 1)
        std::memcpy(&made, &ipv4, sizeof ipv4);
    else if (::inet_pton(AF_INET6, text, &ipv6.sin6_addr) == 1)
        std::memcpy(&made, &ipv6, sizeof ipv6);
    else
        BOOST_FAIL(text);
    return made;
}

bool allows(std::vector<std::string> const& blocks, char const* peer)
{
    return cidr_list::parse(blocks).value().allows(address(peer));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cidr)

BOOST_AUTO_TEST_CASE(an_empty_list_lets_everyone_in)
{
    BOOST_TEST(allows({}, "203.0.113.7"));
    BOOST_TEST(allows({}, "2001:db8::1"));
}

BOOST_AUTO_TEST_CASE(blocks_match_to_the_bit)
{
    BOOST_TEST(allows({"104.192.136.0/21"}, "104.192.136.0"));
    BOOST_TEST(allows({"104.192.136.0/21"}, "104.192.143.255"));
    BOOST_TEST(!allows({"104.192.136.0/21"}, "104.192.144.0"));
    BOOST_TEST(!allows({"104.192.136.0/21"}, "104.192.135.255"));
    BOOST_TEST(allows({"2401:1d80:3000::/36"}, "2401:1d80:3fff::1"));
    BOOST_TEST(!allows({"2401:1d80:3000::/36"}, "2401:1d80:4000::1"));
}

BOOST_AUTO_TEST_CASE(a_bare_address_is_itself_and_nothing_else)
{
    BOOST_TEST(allows({"192.0.2.1"}, "192.0.2.1"));
    BOOST_TEST(!allows({"192.0.2.1"}, "192.0.2.2"));
    BOOST_TEST(allows({"::1"}, "::1"));
    BOOST_TEST(!allows({"::1"}, "::2"));
}

BOOST_AUTO_TEST_CASE(zero_bits_match_all_of_their_family)
{
    BOOST_TEST(allows({"0.0.0.0/0"}, "203.0.113.7"));
    BOOST_TEST(!allows({"0.0.0.0/0"}, "2001:db8::1"));
    BOOST_TEST(allows({"::/0"}, "2001:db8::1"));
}

BOOST_AUTO_TEST_CASE(mapped_addresses_are_ipv4)
{
    BOOST_TEST(allows({"192.0.2.0/24"}, "::ffff:192.0.2.9"));
    BOOST_TEST(!allows({"192.0.2.0/24"}, "::ffff:192.0.3.9"));
}

BOOST_AUTO_TEST_CASE(any_of_several_blocks_will_do)
{
    BOOST_TEST(allows({"192.0.2.0/24", "198.51.100.0/24"}, "198.51.100.1"));
    BOOST_TEST(!allows({"192.0.2.0/24", "198.51.100.0/24"}, "203.0.113.1"));
}

BOOST_AUTO_TEST_CASE(local_sockets_have_no_address_to_refuse)
{
    sockaddr_storage local{};
    local.ss_family = AF_UNIX;
    std::vector<std::string> const blocks{"192.0.2.0/24"};
    BOOST_TEST(cidr_list::parse(blocks).value().allows(local));
}

BOOST_AUTO_TEST_CASE(what_is_no_block_is_named)
{
    for (std::string const bad : {"", "/", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8x", "10.0.0/8",
                                  "::/129", "example.com", "10.0.0.0/8/8", " 10.0.0.0/8"}) {
        std::vector<std::string> const blocks{"192.0.2.1", bad};
        auto const parsed = cidr_list::parse(blocks);
        BOOST_REQUIRE_MESSAGE(parsed.has_error(), bad);
        BOOST_TEST(parsed.error().message.find('"' + bad + '"') != std::string::npos);
    }
}

BOOST_AUTO_TEST_SUITE_END()
