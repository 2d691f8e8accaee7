// The client against a server that misbehaves as servers do.
#include "rest/cloud/columns.hpp"
#include "rest/cloud/paging.hpp"
#include "rest/walk.hpp"
#include "rest_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>

using namespace bbstream;
using namespace bbstream::test;

BOOST_AUTO_TEST_SUITE(client)

BOOST_AUTO_TEST_CASE(requests_go_over_one_kept_connection_with_the_credential)
{
    scripted_server server([](asked const& one) { return answer_with(200, one.target()); });
    client_of to(server.url());
    BOOST_TEST(to.get("/2.0/user").value().body == "/2.0/user");
    BOOST_TEST(to.get("/2.0/user?a=b").value().body == "/2.0/user?a=b");
    auto const seen = server.requests();
    BOOST_REQUIRE(seen.size() == 2u);
    BOOST_TEST(seen[0].header("Authorization") == "Bearer shibboleth");
    BOOST_TEST(seen[0].header("Host") == "127.0.0.1:" + std::to_string(server.port()));
    BOOST_TEST(seen[0].header("Accept") == "application/json");
    BOOST_TEST(seen[0].header("X-Atlassian-Token").empty());
    BOOST_TEST(seen[1].connection == 1);
}

BOOST_AUTO_TEST_CASE(data_center_gets_its_word_against_forgery_and_an_empty_body_its_length)
{
    scripted_server server([](asked const&) { return answer_with(204, ""); });
    client_of to(server.url(), product::datacenter);
    BOOST_TEST(to.post("/rest/api/latest/x", "").value().status == 204u);
    BOOST_TEST(server.requests().at(0).header("X-Atlassian-Token") == "no-check");
    BOOST_TEST(server.requests().at(0).header("Content-Length") == "0");
}

BOOST_AUTO_TEST_CASE(a_kept_connection_that_was_closed_meanwhile_is_no_failure)
{
    scripted_server server([calls = std::make_shared<int>(0)](asked const&) {
        // Kept, as far as the client can know; the second request over it finds it closed.
        return ++*calls == 2 ? std::string() : answer_with(200, "{}");
    });
    client_of to(server.url());
    BOOST_TEST(to.get("/one").has_value());
    BOOST_TEST(to.get("/two").has_value());
    auto const seen = server.requests();
    BOOST_REQUIRE(seen.size() == 3u);
    BOOST_TEST(seen[2].connection == 2);
}

BOOST_AUTO_TEST_CASE(what_changes_something_is_never_sent_twice_unless_it_was_refused_for_its_rate)
{
    for (auto const& [status, sent] : {std::pair(500, 1u), std::pair(503, 1u), std::pair(555, 1u), std::pair(0, 1u)}) {
        scripted_server server(
            [status = status](asked const&) { return status == 0 ? std::string() : answer_with(status, "{}"); });
        client_of to(server.url());
        auto const answer = to.post("/2.0/comments");
        BOOST_TEST(answer.has_error() == (status == 0));
        BOOST_TEST(server.requests().size() == sent);
    }
    scripted_server server([calls = std::make_shared<int>(0)](asked const&) {
        return ++*calls == 1 ? answer_with(429, "slow down", "Retry-After: 1\r\n") : answer_with(201, "{}");
    });
    client_of to(server.url());
    BOOST_TEST(to.post("/2.0/comments").value().status == 201u);
    BOOST_TEST(server.requests().size() == 2u);
}

BOOST_AUTO_TEST_CASE(what_only_reads_is_tried_again)
{
    scripted_server server([calls = std::make_shared<int>(0)](asked const&) {
        ++*calls;
        return *calls == 1 ? std::string() : *calls == 2 ? answer_with(503, "") : answer_with(200, "{}");
    });
    client_of to(server.url());
    rest::request commits;
    commits.how = rest::method::post;
    commits.target = "/2.0/repositories/a/b/commits";
    commits.body = "include=x";
    commits.reads = true;
    BOOST_TEST(to.send(commits).value().status == 200u);
    BOOST_TEST(server.requests().size() == 3u);
    BOOST_TEST(server.requests().at(2).body == "include=x");
}

BOOST_AUTO_TEST_CASE(a_pause_longer_than_ones_patience_is_given_back)
{
    scripted_server server([](asked const&) { return answer_with(429, "", "Retry-After: 3000\r\n"); });
    client_of to(server.url());
    to.options.patience = std::chrono::seconds(10);
    BOOST_TEST(to.get("/x").value().status == 429u);
    BOOST_TEST(server.requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(redirects_are_followed_on_the_same_host_only)
{
    scripted_server other([](asked const&) { return answer_with(200, "elsewhere"); });
    scripted_server server([&](asked const& one) {
        if (one.target() == "/relative")
            return answer_with(302, "", "Location: /there?x=1\r\n");
        if (one.target() == "/absolute")
            return answer_with(301, "", "Location: " + server.url("/there") + "\r\n");
        if (one.target() == "/round")
            return answer_with(302, "", "Location: /round\r\n");
        if (one.target() == "/away")
            return answer_with(307, "", "Location: " + other.url("/log?sig=1") + "\r\n");
        return answer_with(200, one.target());
    });
    client_of to(server.url());
    BOOST_TEST(to.get("/relative").value().body == "/there?x=1");
    BOOST_TEST(to.get("/absolute").value().body == "/there");
    BOOST_TEST(to.get("/round").has_error());
    BOOST_TEST(to.get("/away").has_error());
    BOOST_TEST(to.post("/relative").has_error());
    BOOST_TEST(other.requests().empty());
    rest::request log;
    log.target = "/away";
    log.may_leave_host = true;
    BOOST_TEST(to.send(log).value().body == "elsewhere");
    BOOST_TEST(other.requests().at(0).header("Authorization").empty());
    BOOST_TEST(other.requests().at(0).target() == "/log?sig=1");
}

BOOST_AUTO_TEST_CASE(answers_in_pieces_and_in_chunks_are_whole)
{
    scripted_server server([](asked const& one) {
        if (one.target() == "/chunks")
            return std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        if (one.target() == "/torn")
            return std::string("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 10\r\n\r\nabc");
        if (one.target() == "/noise")
            return std::string("SSH-2.0-OpenSSH\r\nConnection: close\r\n\r\n");
        return std::string("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nto the end");
    });
    client_of to(server.url());
    BOOST_TEST(to.get("/chunks").value().body == "abcde");
    BOOST_TEST(to.get("/end").value().body == "to the end");
    auto const torn = to.post("/torn");
    BOOST_TEST((torn.has_error() && torn.error().message.ends_with("the answer broke off")));
    auto const noise = to.get("/noise");
    BOOST_TEST((noise.has_error() && noise.error().kind == failure_kind::invalid));
}

BOOST_AUTO_TEST_CASE(a_body_that_ends_with_the_connection_needs_a_goodbye)
{
    certificate const pair;
    scripted_server server(
        [](asked const& one) {
            std::string const length = one.target() == "/told" ? "Content-Length: 5\r\n" : "";
            std::string const manner = one.target() == "/end" ? "" : "Cut: off\r\n";
            return "HTTP/1.1 200 OK\r\n" + length + manner + "Connection: close\r\n\r\nwhole";
        },
        &pair);
    client_of to(server.url(), product::cloud, pair.certificate_file());
    BOOST_TEST(to.get("/end").value().body == "whole");
    BOOST_TEST(to.get("/told").value().body == "whole");
    auto const cut = to.post("/cut");
    BOOST_TEST((cut.has_error() && cut.error().message.ends_with("the answer broke off")));
}

BOOST_AUTO_TEST_CASE(a_body_larger_than_the_bound_is_refused_and_a_streamed_one_is_not)
{
    auto const size = std::to_string(rest::answer_bytes_max + 1);
    scripted_server server([&](asked const&) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n" + std::string(rest::answer_bytes_max + 1, 'x');
    });
    client_of to(server.url());
    auto const refused = to.get("/large");
    BOOST_TEST((refused.has_error() && refused.error().message.ends_with("the answer is larger than 32 MiB")));
    std::size_t streamed = 0;
    rest::request log;
    log.target = "/large";
    log.sink = [&](std::string_view piece) { return (streamed += piece.size()) != 0; };
    BOOST_TEST(to.send(log).value().body.empty());
    BOOST_TEST(streamed == rest::answer_bytes_max + 1);
}

BOOST_AUTO_TEST_CASE(what_was_streamed_is_not_streamed_again)
{
    scripted_server server([](asked const&) {
        return std::string("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 10\r\n\r\nabc");
    });
    client_of to(server.url());
    std::string streamed;
    rest::request log;
    log.target = "/log";
    log.sink = [&](std::string_view piece) { return streamed += piece, true; };
    BOOST_TEST(to.send(log).has_error());
    BOOST_TEST(streamed == "abc");
    log.sink = [](std::string_view) { return false; };
    auto const unwanted = to.send(log);
    BOOST_TEST((unwanted.has_error() && unwanted.error().kind == failure_kind::io));
    BOOST_TEST(server.requests().size() == 2u);
}

BOOST_AUTO_TEST_CASE(announcements_of_an_answer_are_none)
{
    std::string const early = "HTTP/1.1 103 Early Hints\r\nRetry-After: 9\r\n\r\n";
    scripted_server server([&](asked const& one) {
        if (one.target() == "/none")
            return std::string("HTTP/1.1 101 Switching Protocols\r\n\r\n");
        auto bytes = early;
        for (int more = 0; one.target() == "/many" && more < 99; ++more)
            bytes += early;
        return bytes + answer_with(200, one.target());
    });
    client_of to(server.url());
    auto const first = to.get("/first");
    BOOST_TEST(first.value().body == "/first");
    BOOST_TEST(first.value().header("retry-after").empty());
    BOOST_TEST(to.get("/second").value().body == "/second");
    BOOST_TEST(server.requests().at(1).connection == 1);
    BOOST_TEST(to.get("/many").has_error());
    BOOST_TEST(to.get("/none").value().status == 101u);
}

BOOST_AUTO_TEST_CASE(a_page_that_leads_astray_has_its_rows_nevertheless)
{
    scripted_server server([](asked const& one) {
        return answer_with(200, R"({"values":[{"key":"A"}],"next":"http://x)" + one.target() + "\"}");
    });
    client_of to(server.url());
    rest::walk pages(to.client(), {"/projects", rest::cloud::columns_of.project, rest::cloud::by_next});
    BOOST_TEST(run(to.loop, pages.next()).value().size() == 1u);
    auto const after = run(to.loop, pages.next());
    BOOST_TEST((after.has_error() && after.error().message.ends_with("the pages have no end")));
    BOOST_TEST(run(to.loop, pages.next()).value().empty());
    BOOST_TEST(server.requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_login_page_is_no_answer)
{
    scripted_server server([](asked const&) {
        return answer_with(200, "<html>Log in</html>", "Content-Type: text/html;charset=UTF-8\r\n");
    });
    client_of to(server.url());
    rest::request merge;
    merge.how = rest::method::post;
    merge.target = "/merge";
    auto const answer = run(to.loop, to.client().ask(merge));
    BOOST_TEST((answer.has_error() && answer.error().kind == failure_kind::invalid));
}

BOOST_AUTO_TEST_CASE(what_comes_unasked_is_no_answer)
{
    // It fills a read to the byte, so that what follows still lies in the socket.
    constexpr std::size_t read_bytes = 32 * 1024;
    auto const head_bytes = answer_with(200, std::string(read_bytes, 'x')).size() - read_bytes;
    std::string const body(read_bytes - head_bytes, 'x');
    scripted_server server([&](asked const& one) {
        return one.target() == "/one" ? answer_with(200, body) + answer_with(200, "unasked")
                                      : answer_with(200, "asked");
    });
    client_of to(server.url());
    BOOST_TEST((to.get("/one").value().body == body));
    BOOST_TEST(to.get("/two").value().body == "asked");
    BOOST_TEST(server.requests().at(1).connection == 2);
}

BOOST_AUTO_TEST_CASE(a_certificate_must_be_trusted_and_name_the_host)
{
    certificate const pair;
    scripted_server server([](asked const&) { return answer_with(200, "safe"); }, &pair);
    client_of trusting(server.url(), product::cloud, pair.certificate_file());
    BOOST_TEST(trusting.get("/").value().body == "safe");
    client_of doubting(server.url());
    auto const refused = doubting.get("/");
    BOOST_TEST((refused.has_error() && refused.error().message.find("not trusted") != std::string::npos));
    client_of misled("https://127.0.0.2:" + std::to_string(server.port()), product::cloud, pair.certificate_file());
    BOOST_TEST(misled.get("/").has_error());
    BOOST_TEST(server.requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_proxy_sees_a_tunnel_and_no_credential)
{
    certificate const pair;
    scripted_server proxy(
        [](asked const& one) {
            return one.line.starts_with("CONNECT") ? "HTTP/1.1 200 Established\r\n\r\n" : answer_with(200, "through");
        },
        &pair, true);
    auto const address = "http://user:p%40ss@127.0.0.1:" + std::to_string(proxy.port());
    client_of to("https://localhost:1", product::cloud, pair.certificate_file(), {address, ""});
    BOOST_TEST(to.get("/2.0/user").value().body == "through");
    auto const seen = proxy.requests();
    BOOST_TEST(seen.at(0).line == "CONNECT localhost:1 HTTP/1.1");
    BOOST_TEST(seen.at(0).header("Authorization").empty());
    BOOST_TEST(seen.at(0).header("Proxy-Authorization") == rest::basic_authorization("user", "p@ss"));
    BOOST_TEST(seen.at(1).header("Authorization") == "Bearer shibboleth");
    BOOST_TEST(seen.at(1).header("Proxy-Authorization").empty());
}

BOOST_AUTO_TEST_CASE(a_proxy_that_refuses_is_named_without_its_password)
{
    scripted_server proxy([](asked const&) { return answer_with(407, ""); }, nullptr, true);
    auto const address = "http://user:secret@127.0.0.1:" + std::to_string(proxy.port());
    client_of to("https://localhost:1", product::cloud, "", {address, ""});
    auto const refused = to.get("/");
    BOOST_REQUIRE(refused.has_error());
    BOOST_TEST(refused.error().message == "localhost: the proxy 127.0.0.1 refuses to connect to it (407)");
}

BOOST_AUTO_TEST_CASE(what_a_refusal_repeats_of_the_credential_is_not_told)
{
    auto const echo = [](asked const& what) {
        return answer_with(403, R"({"error":{"message":"no: )" + what.header("Authorization") + R"("}})");
    };
    scripted_server server(echo);
    client_of to(server.url());
    auto const ended = to.get("/one");
    BOOST_REQUIRE(ended);
    BOOST_TEST(ended->body == R"({"error":{"message":"no: Bearer ***"}})");
}

BOOST_AUTO_TEST_CASE(data_centers_401_to_someone_it_knows_renews_nothing)
{
    scripted_server server([](asked const& one) {
        return one.target() == "/token" ? answer_with(200, R"({"access_token":"t"})")
                                        : answer_with(401, "{}", "X-AUSERNAME: bot\r\n");
    });
    client_of to(server.url(), product::datacenter);
    to.who = rest::client_authorization(to.loop.get_executor(), {server.url("/token"), "id", "s"}, *to.over).value();
    BOOST_TEST(to.get("/one").value().status == 401u);
    BOOST_TEST(server.requests().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_credential_is_refused_where_the_server_takes_it_for_nobodys)
{
    scripted_server server([](asked const& one) {
        return one.target() == "/forbidden" ? answer_with(401, "{}", "X-AUSERNAME: bot\r\n")
                                            : answer_with(one.target() == "/nobody" ? 401 : 403, "{}");
    });
    client_of to(server.url(), product::datacenter);
    BOOST_TEST(!to.client().is_refused());
    for (auto const& [target, refused] :
         {std::pair("/forbidden", false), std::pair("/nobody", true), std::pair("/other", false)}) {
        BOOST_TEST(to.get(target).has_value());
        BOOST_TEST(to.client().is_refused() == refused, target);
    }
}

BOOST_AUTO_TEST_CASE(a_change_has_not_been_made_where_no_answer_of_bitbuckets_came)
{
    std::string body;
    std::string type;
    scripted_server server([&](asked const&) { return answer_with(200, body, type); });
    client_of to(server.url());
    auto const posted = [&](std::string const& said, std::string const& content_type) {
        body = said;
        type = content_type.empty() ? "" : "Content-Type: " + content_type + "\r\n";
        rest::request what;
        what.how = rest::method::post;
        what.target = "/approve";
        return run(to.loop, to.client().ask(what)).has_value();
    };
    for (auto const* fine : {"{}", R"({"id":7})", "[]", R"([{"id":7}])", ""})
        BOOST_TEST(posted(fine, "application/json"), fine);
    for (auto const* type_of_page : {"text/html", "Text/HTML; charset=utf-8", "application/xhtml+xml"})
        BOOST_TEST(!posted("{}", type_of_page), type_of_page);
    for (auto const* broken : {R"({"id":)", "<html></html>", "7", R"("done")", "[{", "nothing"})
        BOOST_TEST(!posted(broken, ""), broken);
}

BOOST_AUTO_TEST_CASE(stop_of_the_transport_ends_what_is_in_progress)
{
    std::promise<void> reached;
    std::promise<void> release;
    auto const released = release.get_future().share();
    scripted_server server([&](asked const&) {
        reached.set_value();
        released.wait();
        return std::string();
    });
    client_of to(server.url());
    std::thread stopper([&] {
        reached.get_future().wait();
        boost::asio::post(to.loop, [&] {
            to.client().stop();
            to.over->stop();
        });
    });
    auto const given_up = to.get("/never");
    BOOST_TEST((given_up.has_error() && given_up.error().message.ends_with("given up")));
    stopper.join();
    release.set_value();
}

BOOST_AUTO_TEST_CASE(more_requests_than_connections_all_come_back)
{
    scripted_server server([](asked const& one) { return answer_with(200, one.target()); });
    client_of to(server.url());
    std::size_t right = 0;
    auto& client = to.client();
    for (int number = 0; number < 40; ++number) {
        auto const target = "/" + std::to_string(number);
        rest::request what;
        what.target = target;
        boost::asio::co_spawn(to.loop, client.send(what),
                              [&right, target](std::exception_ptr, result<rest::response> const& answer) {
                                  right += answer && answer->body == target;
                              });
    }
    to.loop.run();
    BOOST_TEST(right == 40u);
    int connections = 0;
    for (auto const& each : server.requests())
        connections = std::max(connections, each.connection);
    BOOST_TEST(connections <= static_cast<int>(rest::connections_max));
}

BOOST_AUTO_TEST_SUITE_END()
