// The listener over TLS: versions, resumption, odd handshakes and odd endings.
#include "support/certificate.hpp"
#include "support/listener.hpp"

#include <boost/test/unit_test.hpp>
#include <openssl/err.h>

using namespace bbstream::test;

namespace {

struct over_tls {
    certificate pair;
    listener server{[this](bbstream::config::ingest& limits) {
        limits.tls = {true, pair.certificate_file(), pair.key_file()};
    }};

    answer ask(std::string const& bytes, int version = TLS1_3_VERSION)
    {
        auto client = server.connect();
        BOOST_REQUIRE(client.start_tls(version, version));
        client.send(bytes);
        return client.receive();
    }
};

bool completes_handshake(raw_client& client, int least, int most)
{
    auto const done = client.start_tls(least, most);
    ERR_clear_error();
    return done;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(tls, over_tls)

BOOST_AUTO_TEST_CASE(versions_1_2_and_1_3_are_spoken)
{
    BOOST_TEST(ask(delivery(), TLS1_2_VERSION).status == 200);
    BOOST_TEST(ask(delivery(), TLS1_3_VERSION).status == 200);
}

BOOST_AUTO_TEST_CASE(older_versions_are_refused)
{
    for (auto const version : {TLS1_VERSION, TLS1_1_VERSION}) {
        auto client = server.connect();
        BOOST_TEST(!completes_handshake(client, version, version));
    }
    server.await_connections(0);
    BOOST_TEST(ask(delivery()).status == 200);
}

BOOST_AUTO_TEST_CASE(garbage_instead_of_a_handshake_ends_the_connection)
{
    for (std::string const garbage : {"GET / HTTP/1.1\r\n\r\n", "\x16\x03\x01\xff\xff garbage garbage garbage",
                                      "\x80\x2e\x01\x03\x01 an SSL 2 hello", "SSH-2.0-x\r\n"}) {
        auto client = server.connect();
        client.send(garbage + std::string(1000, '\0'));
        BOOST_TEST(client.receive().status == 0);  // an alert at most, then the end
    }
    server.await_connections(0);
    BOOST_TEST(ask(delivery()).status == 200);
}

BOOST_AUTO_TEST_CASE(a_handshake_that_does_not_come_is_ended)
{
    listener hasty([this](bbstream::config::ingest& limits) {
        limits.tls = {true, pair.certificate_file(), pair.key_file()};
        limits.handshake_timeout = std::chrono::milliseconds(200);
    });
    auto silent = hasty.connect();
    BOOST_TEST(silent.is_closed());
    auto half = hasty.connect();
    half.send("\x16\x03\x01");
    BOOST_TEST(half.is_closed());
}

BOOST_AUTO_TEST_CASE(large_bodies_many_requests_and_pipelining_work)
{
    auto client = server.connect();
    BOOST_REQUIRE(client.start_tls());
    auto const large = R"({"text":")" + std::string(3'000'000, 'x') + R"("})";
    client.send(delivery() + delivery(large) + delivery() + delivery());
    for (int i = 1; i <= 4; ++i)
        BOOST_TEST(client.receive().body == R"({"status":"accepted","seq":)" + std::to_string(i) + "}");
    BOOST_TEST((server.journal.records().at(1).body == large));
}

BOOST_AUTO_TEST_CASE(requests_byte_by_byte_in_records_of_their_own_work)
{
    auto client = server.connect();
    BOOST_REQUIRE(client.start_tls());
    for (auto const c : delivery())
        client.send({&c, 1});
    BOOST_TEST(client.receive().status == 200);
}

BOOST_AUTO_TEST_CASE(a_key_update_in_the_middle_is_no_event)
{
    auto client = server.connect();
    BOOST_REQUIRE(client.start_tls());
    for (int i = 0; i < 3; ++i) {
        SSL_key_update(client.tls(), SSL_KEY_UPDATE_REQUESTED);
        client.send(delivery());
        BOOST_TEST(client.receive().status == 200);
    }
}

BOOST_AUTO_TEST_CASE(renegotiation_is_refused)
{
    auto client = server.connect();
    BOOST_REQUIRE(client.start_tls(TLS1_2_VERSION, TLS1_2_VERSION));
    SSL_renegotiate(client.tls());
    client.send(delivery());
    BOOST_TEST(client.receive().status != 200);
    ERR_clear_error();
    BOOST_TEST(server.journal.records().empty());
}

BOOST_AUTO_TEST_CASE(a_client_that_comes_back_resumes_its_session)
{
    for (auto const version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        auto first = server.connect();
        BOOST_REQUIRE(first.start_tls(version, version));
        first.send(delivery());
        BOOST_TEST(first.receive().status == 200);
        std::unique_ptr<SSL_SESSION, void (*)(SSL_SESSION*)> const session(SSL_get1_session(first.tls()),
                                                                           SSL_SESSION_free);
        auto second = server.connect();
        BOOST_REQUIRE(second.start_tls(version, version, session.get()));
        BOOST_TEST(SSL_session_reused(second.tls()) == 1);
        second.send(delivery());
        BOOST_TEST(second.receive().status == 200);
    }
}

BOOST_AUTO_TEST_CASE(the_server_says_goodbye_when_it_ends_a_connection)
{
    auto client = server.connect();
    BOOST_REQUIRE(client.start_tls());
    client.send(delivery(small_push, "Connection: close\r\n"));
    BOOST_TEST(client.receive().status == 200);
    BOOST_TEST(client.is_closed());
    BOOST_TEST((SSL_get_shutdown(client.tls()) & SSL_RECEIVED_SHUTDOWN) != 0);
}

BOOST_AUTO_TEST_CASE(a_client_that_has_said_goodbye_still_gets_its_answer)
{
    auto client = server.connect();
    BOOST_REQUIRE(client.start_tls());
    client.send(delivery());
    client.end_sending();
    BOOST_TEST(client.receive().status == 200);
}

BOOST_AUTO_TEST_CASE(a_refused_upload_is_answered_over_tls_too)
{
    auto client = server.connect();
    BOOST_REQUIRE(client.start_tls());
    client.send(post("/webhooks/cloud", "", std::string(8 * 1024 * 1024 + 1, ' ')));
    BOOST_TEST(client.receive().status == 413);
}

BOOST_AUTO_TEST_CASE(connections_cut_at_any_point_do_no_harm)
{
    for (int i = 0; i < 50; ++i) {
        auto client = server.connect();
        if (i % 5 == 0)
            client.send("\x16\x03\x01\x00");
        else if (client.start_tls() && i % 2 == 0)
            client.send(delivery().substr(0, static_cast<std::size_t>(i) * 4));
        client.reset();
    }
    server.await_connections(0);
    BOOST_TEST(ask(delivery()).status == 200);
}

BOOST_AUTO_TEST_CASE(a_replaced_certificate_is_served_to_new_connections_only)
{
    auto old = server.connect();
    BOOST_REQUIRE(old.start_tls());
    certificate const next;
    auto const replace = std::filesystem::copy_options::overwrite_existing;
    std::filesystem::copy_file(next.certificate_file(), pair.certificate_file(), replace);
    std::filesystem::copy_file(next.key_file(), pair.key_file(), replace);
    BOOST_TEST(server.server().reload_certificate().has_value());

    auto fresh = server.connect();
    BOOST_REQUIRE(fresh.start_tls());
    std::unique_ptr<X509, void (*)(X509*)> const before(SSL_get1_peer_certificate(old.tls()), X509_free);
    std::unique_ptr<X509, void (*)(X509*)> const after(SSL_get1_peer_certificate(fresh.tls()), X509_free);
    BOOST_TEST(X509_cmp(before.get(), after.get()) != 0);
    old.send(delivery());
    BOOST_TEST(old.receive().status == 200);
}

BOOST_AUTO_TEST_CASE(hundreds_of_idle_connections_leave_room_for_others)
{
    std::vector<raw_client> idle;
    for (int i = 0; i < 300; ++i) {
        idle.push_back(server.connect());
        BOOST_REQUIRE(idle.back().start_tls());
    }
    server.await_connections(300);
    BOOST_TEST(ask(delivery()).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
