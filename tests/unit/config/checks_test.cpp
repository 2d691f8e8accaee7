// What single texts may look like.
#include "config/checks.hpp"

#include <boost/test/unit_test.hpp>

#include <initializer_list>
#include <string>

using namespace bbstream::config;

namespace {

void accepts(text_check check, std::initializer_list<std::string> texts)
{
    for (auto const& text : texts)
        BOOST_TEST(check(text) == "", text);
}

void refuses(text_check check, std::initializer_list<std::string> texts)
{
    for (auto const& text : texts)
        BOOST_TEST(check(text) != "", text << " was accepted");
}

}  // namespace

BOOST_AUTO_TEST_CASE(instance_names_are_short_and_plain)
{
    accepts(instance_name, {"cloud", "a", "dc-2", std::string(32, 'x'), "0"});
    refuses(instance_name, {"", "Cloud", "a_b", "a b", "a.b", "ü", std::string(33, 'x'), "a\n", std::string(1, '\0')});
}

BOOST_AUTO_TEST_CASE(webhook_paths_start_at_the_root_and_have_no_query)
{
    accepts(webhook_path, {"/", "/webhooks/cloud", "/a%20b", "/" + std::string(255, 'x')});
    refuses(webhook_path, {"", "webhooks", "/a?b", "/a#b", "/a b", "/a\n", "/ü", "/" + std::string(256, 'x')});
}

BOOST_AUTO_TEST_CASE(listeners_are_tcp_unix_or_systemd)
{
    accepts(listen_address, {"0.0.0.0:8443", "[::]:8443", "localhost:0", ":8443", "systemd", "unix:/run/b.sock",
                             "my-host.example:65535", "unix:/" + std::string(106, 'x')});
    refuses(listen_address,
            {"", "8443", "0.0.0.0", "0.0.0.0:", "0.0.0.0:65536", "0.0.0.0:-1", "0.0.0.0:8443x", "::1:8443", "[::1]8443",
             "[::g]:1", "a b:1", "unix:", "unix:run/b.sock", "Systemd", "unix:/" + std::string(107, 'x')});
    accepts(host_and_port, {"127.0.0.1:9464", "[::1]:9464"});
    refuses(host_and_port, {"systemd", "unix:/x", "127.0.0.1"});
}

BOOST_AUTO_TEST_CASE(address_blocks_are_ipv4_or_ipv6)
{
    accepts(address_block,
            {"10.0.0.0/8", "10.1.2.3", "0.0.0.0/0", "2001:db8::/32", "::1", "::/0", "1.2.3.4/32", "::1/128"});
    refuses(address_block, {"", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/", "10.0.0.0/8/8", "host/8",
                            "10.0.0.0/-1", "10.0.0.0/8 "});
}

BOOST_AUTO_TEST_CASE(addresses_are_encrypted_unless_they_stay_on_this_machine)
{
    accepts(web_address,
            {"https://api.bitbucket.org/2.0", "https://bitbucket.example.com:7990/ctx", "http://localhost:7990",
             "http://127.0.0.1/x", "http://127.9.9.9", "http://[::1]:80", "https://[2001:db8::1]/"});
    refuses(web_address, {"", "bitbucket.example.com", "http://bitbucket.example.com", "ftp://x", "https://",
                          "https:///x", "http://127.example.com", "http://localhost.example.com", "https://h:0",
                          "https://h:65536", "https://h:99999999", "https://user:password@host", "https://user@host",
                          "https://h/?q", "https://h/#f", "https://h o", "//h", "http://10.0.0.1", "http://[::2]"});
}

BOOST_AUTO_TEST_CASE(a_proxy_may_be_spoken_to_in_the_clear)
{
    accepts(proxy_address, {"http://proxy.example:3128", "https://proxy.example"});
    refuses(proxy_address, {"socks5://proxy", "proxy:3128", "http://user:password@proxy:3128"});
}

BOOST_AUTO_TEST_CASE(secrets_are_references)
{
    for (auto const* text :
         {"credential:webhook", "credential:a.b_c-1", "file:/etc/x", "file:x y", "env:TOKEN", "env:_a1"})
        BOOST_TEST(is_secret_reference(text), text);
    for (std::string const text : {"", "hunter2", "credential:", "credential:a/b", "credential:..", "credential:.",
                                   "file:", "env:", "env:A-B", "env:1A", "File:/x", " file:/x"})
        BOOST_TEST(!is_secret_reference(text), text);
    BOOST_TEST(!is_secret_reference(std::string("file:/a\0b", 9)));
}

BOOST_AUTO_TEST_CASE(names_stay_within_what_kafka_and_bitbucket_allow)
{
    accepts(topic_prefix, {"bitbucket", "a.b-c_D9"});
    refuses(topic_prefix, {"", "a b", "a/b", std::string(201, 'x')});
    accepts(node_name, {"a", "host.example.com", std::string(64, 'x')});
    refuses(node_name, {"", "a b", std::string(65, 'x'), "a/b"});
    accepts(event_key, {"repo:push", "repo:commit_status_created", "pr:reviewer:approved"});
    refuses(event_key, {"", "push", "Repo:push", "repo push"});
}
