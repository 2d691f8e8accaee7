// From a delivery to a journal record.
#include "base/time.hpp"
#include "support/listener.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream::test;
using bbstream::journal::append_status;

BOOST_FIXTURE_TEST_SUITE(receive, listener)

BOOST_AUTO_TEST_CASE(the_record_holds_the_untouched_body_and_the_headers_that_matter)
{
    std::string const body = "\n {\"text\":\"gr\xc3\xbc\xc3\x9f\\u0000\" , \"n\":1e999} \r\n";
    auto const before = bbstream::now_micros();
    auto const got = ask(post("/webhooks/cloud?from=proxy",
                              "x-event-KEY: repo:push\r\nX-Request-UUID: r\r\nX-Hook-UUID: h\r\nX-Attempt-Number: 2\r\n"
                              "X-Event-Time: Tue, 18 Jan 2022 16:55:22 GMT\r\nUser-Agent: Bitbucket-Webhooks/2.0\r\n"
                              "Content-Type: application/json\r\ntraceparent: 00-1-2-01\r\ntracestate: a=b\r\n"
                              "Authorization: Basic c2VjcmV0\r\nCookie: c=d\r\nX-Request-Id: i\r\n" +
                                  signed_by(secret, body),
                              body));
    BOOST_TEST(got.status == 200);
    BOOST_TEST(got.body == R"({"status":"accepted","seq":1})");
    auto const record = journal.records().at(0);
    BOOST_TEST(record.body == body);
    BOOST_TEST(record.headers ==
               "x-event-key:repo:push\nx-request-uuid:r\nx-hook-uuid:h\nx-attempt-number:2\n"
               "x-event-time:Tue, 18 Jan 2022 16:55:22 GMT\nuser-agent:Bitbucket-Webhooks/2.0\n"
               "content-type:application/json\ntraceparent:00-1-2-01\ntracestate:a=b\nx-request-id:i\n");
    BOOST_TEST(record.instance == "cloud");
    BOOST_TEST((record.product == bbstream::product::cloud));
    BOOST_TEST((record.origin == bbstream::journal::origin::webhook));
    BOOST_TEST(record.meta.empty());
    BOOST_TEST(record.received >= before);
    BOOST_TEST(record.received <= bbstream::now_micros());
}

BOOST_AUTO_TEST_CASE(every_live_secret_is_accepted_and_a_retry_gets_a_sequence_of_its_own)
{
    BOOST_TEST(ask(delivery()).body == R"({"status":"accepted","seq":1})");
    BOOST_TEST(ask(delivery()).body == R"({"status":"accepted","seq":2})");
    auto const by_new = post("/webhooks/cloud", "X-Event-Key: k\r\n" + signed_by("new secret", "{}"), "{}");
    BOOST_TEST(ask(by_new).body == R"({"status":"accepted","seq":3})");
}

BOOST_AUTO_TEST_CASE(an_unknown_event_key_is_accepted)
{
    BOOST_TEST(ask(post("/webhooks/cloud", "X-Event-Key: never:heard\r\n" + signed_by(secret, "{}"), "{}")).status ==
               200);
}

BOOST_AUTO_TEST_CASE(the_ping_of_data_center_gets_its_pong_signed_or_not_and_is_not_journaled)
{
    std::string const ping = "X-Event-Key: diagnostics:ping\r\n";
    std::string const test = R"({"test": true})";
    for (auto const& bytes :
         {post("/webhooks/dc", ping, test), post("/webhooks/dc", ping, ""), post("/webhooks/dc", ping, "not JSON"),
          post("/webhooks/dc", ping + signed_by(secret, test), test),
          post("/webhooks/dc", ping + "X-Hub-Signature: wrong\r\n", test),
          "POST /webhooks/dc HTTP/1.1\r\n" + ping + "\r\n",
          "POST /webhooks/dc HTTP/1.1\r\n" + ping + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"}) {
        auto const got = ask(bytes);
        BOOST_TEST(got.status == 200);
        BOOST_TEST(got.body == R"({"status":"pong"})");
    }
    BOOST_TEST(journal.records().empty());
}

BOOST_AUTO_TEST_CASE(a_ping_opens_no_other_door)
{
    std::string const ping = "X-Event-Key: diagnostics:ping\r\n";
    BOOST_TEST(ask(post("/webhooks/cloud", ping, "{}")).status == 401);
    BOOST_TEST(ask("GET /webhooks/dc HTTP/1.1\r\n" + ping + "\r\n").status == 405);
    BOOST_TEST(ask(post("/webhooks/dc", "X-Event-Key: Diagnostics:Ping\r\n", "{}")).status == 401);
    BOOST_TEST(ask(post("/webhooks/dc", "X-Event-Key: diagnostics:ping2\r\n", "{}")).status == 401);
    BOOST_TEST(ask(post("/webhooks/dc", "X-Event-Key: repo:refs_changed\r\n" + ping, "{}")).status == 401);
    BOOST_TEST(journal.records().empty());
}

BOOST_AUTO_TEST_CASE(data_center_deliveries_are_signed_and_named)
{
    BOOST_TEST(ask(post("/webhooks/dc", "X-Event-Key: repo:refs_changed\r\n", "{}")).status == 401);
    BOOST_TEST(ask(post("/webhooks/dc", "X-Event-Key: repo:refs_changed\r\n" + signed_by(secret, "{}"), "{}")).status ==
               200);
    BOOST_TEST((journal.records().at(0).product == bbstream::product::datacenter));
    BOOST_TEST(journal.records().at(0).instance == "dc");
}

BOOST_AUTO_TEST_CASE(an_instance_that_allows_it_takes_unsigned_deliveries)
{
    std::string const key = "X-Event-Key: repo:push\r\n";
    BOOST_TEST(ask(post("/webhooks/open", key, "{}")).status == 200);
    BOOST_TEST(ask(post("/webhooks/open", key + signed_by("whatever", "{}"), "{}")).status == 200);
    BOOST_TEST(ask(post("/webhooks/open", key, "[]")).status == 400);
    // With a secret beside, a signature that is there must be right.
    BOOST_TEST(ask(post("/webhooks/both", key, "{}")).status == 200);
    BOOST_TEST(ask(post("/webhooks/both", key + signed_by(secret, "{}"), "{}")).status == 200);
    BOOST_TEST(ask(post("/webhooks/both", key + signed_by("whatever", "{}"), "{}")).status == 401);
    BOOST_TEST(ask(post("/webhooks/both", key + "X-Hub-Signature:\r\n", "{}")).status == 401);
}

BOOST_AUTO_TEST_CASE(a_journal_that_cannot_take_more_is_503_with_a_pause_and_recovers)
{
    auto client = connect();
    for (auto const status : {append_status::overloaded, append_status::refused, append_status::closed}) {
        journal.answer_with(status);
        client.send(delivery());
        auto const got = client.receive();
        BOOST_TEST(got.status == 503);
        BOOST_TEST(!got.headers.at("retry-after").empty());
        BOOST_TEST(got.body.starts_with(R"({"error":")"));
    }
    BOOST_TEST(journal.records().empty());
    journal.answer_with(append_status::durable);
    client.send(delivery());
    BOOST_TEST(client.receive().status == 200);
}

BOOST_AUTO_TEST_CASE(nothing_is_answered_before_it_is_durable)
{
    journal.hold(true);
    auto client = connect();
    client.send(delivery());
    journal.await_waiting(1);
    pollfd readable{client.fd(), POLLIN, 0};
    BOOST_TEST(::poll(&readable, 1, 50) == 0);
    journal.hold(false);
    BOOST_TEST(client.receive().status == 200);
}

BOOST_AUTO_TEST_CASE(deliveries_are_counted_by_known_keys_only)
{
    ask(delivery());
    ask(delivery());
    ask(delivery("[]"));
    ask(post("/webhooks/cloud", "X-Event-Key: repo:push\r\n", "{}"));
    ask(post("/webhooks/cloud", "X-Event-Key: made:up:1\r\n", "{}"));
    ask(post("/webhooks/cloud", "X-Event-Key: made:up:2\r\n", "{}"));
    ask(post("/webhooks/dc", "X-Event-Key: diagnostics:ping\r\n", ""));
    auto const text = metrics.text();
    auto const has = [&](std::string const& line) {
        BOOST_TEST(text.find(line) != std::string::npos, line << " is not in\n" << text);
    };
    has(R"(bbstream_deliveries_total{instance="cloud",key="repo:push",outcome="accepted"} 2)");
    has(R"(bbstream_deliveries_total{instance="cloud",key="repo:push",outcome="malformed"} 1)");
    has(R"(bbstream_deliveries_total{instance="cloud",key="repo:push",outcome="unauthorized"} 1)");
    has(R"(bbstream_deliveries_total{instance="cloud",key="other",outcome="unauthorized"} 2)");
    has(R"(bbstream_deliveries_total{instance="dc",key="diagnostics:ping",outcome="ping"} 1)");
    has(R"(bbstream_ack_seconds_count 2)");
    has(R"(bbstream_http_answers_total{status="200"} 3)");
    BOOST_TEST(text.find("made:up") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(secrets_may_change_while_webhooks_come_in)
{
    auto const status_by = [&](std::string const& by) {
        return ask(post("/webhooks/ringed", "X-Event-Key: k\r\n" + signed_by(by, "{}"), "{}")).status;
    };
    auto const before = bbstream::now_micros();
    BOOST_TEST(status_by("one") == 200);
    BOOST_TEST(status_by("three") == 401);
    auto const first = ring->secrets();
    BOOST_TEST(first[0]->used.load() >= before);
    BOOST_TEST(first[1]->used.load() == 0);
    ring->replace({"three", "one"});
    BOOST_TEST(status_by("three") == 200);
    BOOST_TEST(status_by("one") == 200);
    BOOST_TEST(status_by("two") == 401);
    // What stays keeps its time.
    BOOST_TEST((ring->secrets()[1] == first[0]));
    ring->replace({});
    BOOST_TEST(status_by("one") == 401);
}

BOOST_AUTO_TEST_CASE(webhooks_that_cannot_work_are_refused_by_name)
{
    using bbstream::product;
    using bbstream::flow::make_receiver;
    auto const message = [&](std::vector<bbstream::flow::webhook> const& webhooks) {
        auto const made = make_receiver(webhooks, journal, metrics);
        return made ? std::string("accepted") : made.error().message;
    };
    auto const names = [&](std::vector<bbstream::flow::webhook> const& webhooks, std::string const& what) {
        BOOST_TEST(message(webhooks).find(what) != std::string::npos, message(webhooks));
    };
    names({{"a", product::cloud, "/a", {"s", ""}, false}}, "instance a: ");
    names({{"a", product::cloud, "/a", {"s", ""}, false}}, "secret");
}

BOOST_AUTO_TEST_SUITE_END()
