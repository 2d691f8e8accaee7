// A webhook listener on a free port with a journal in memory, and what clients send to it.
#pragma once

#include "flow/receive.hpp"
#include "http/server.hpp"
#include "signature/signature.hpp"
#include "support/fake_journal.hpp"
#include "support/raw_client.hpp"

#include <csignal>
#include <functional>

namespace bbstream::test {

inline std::string const secret = "It's a Secret to Everybody";
inline std::string const small_push = R"({"push":{"changes":[]}})";

// A POST with these headers ("Name: value\r\n" each) and a Content-Length.
inline std::string post(std::string const& path, std::string const& headers, std::string const& body)
{
    return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

inline std::string signed_by(std::string const& with, std::string const& body)
{
    return "X-Hub-Signature: " + signature::sign(with, body).value() + "\r\n";
}

// What Bitbucket Cloud would send.
inline std::string delivery(std::string const& body = small_push, std::string const& more_headers = "")
{
    return post("/webhooks/cloud", "X-Event-Key: repo:push\r\n" + signed_by(secret, body) + more_headers, body);
}

// Serves /webhooks/cloud, /webhooks/dc, /webhooks/open (unsigned) and /webhooks/both (secret, unsigned allowed).
class listener {
   public:
    explicit listener(std::function<void(config::ingest&)> const& adjust = {}, std::size_t reactors = 1)
        : server_(limits(adjust), receiver(), metrics, reactors)
    {
        std::signal(SIGPIPE, SIG_IGN);
        server_.start().value();
    }

    http::server& server() { return server_; }
    std::uint16_t port() const { return server_.port(); }
    raw_client connect() const { return raw_client(port()); }

    // The answer to one request on a connection of its own.
    answer ask(std::string const& bytes) const
    {
        auto client = connect();
        client.send(bytes);
        return client.receive(bytes.starts_with("HEAD"));
    }

    // Blocks until the server has so many connections; throws when that does not happen.
    void await_connections(std::size_t count) const
    {
        auto const until = std::chrono::steady_clock::now() + patience;
        while (server_.connections() != count) {
            if (std::chrono::steady_clock::now() > until)
                throw std::runtime_error(std::to_string(server_.connections()) + " connections, not " +
                                         std::to_string(count));
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }

    fake_journal journal;
    observe::metrics metrics;
    // Of /webhooks/ringed.
    std::shared_ptr<flow::secret_ring> ring =
        std::make_shared<flow::secret_ring>(std::vector<std::string>{"one", "two"});

   private:
    static config::ingest limits(std::function<void(config::ingest&)> const& adjust)
    {
        config::ingest made;
        made.listen = "127.0.0.1:0";
        made.tls.enabled = false;
        if (adjust)
            adjust(made);
        return made;
    }

    http::handler_factory receiver()
    {
        return flow::make_receiver({{"cloud", product::cloud, "/webhooks/cloud", {"new secret", secret}, false},
                                    {"dc", product::datacenter, "/webhooks/dc", {secret}, false},
                                    {"open", product::cloud, "/webhooks/open", {}, true},
                                    {"both", product::cloud, "/webhooks/both", {secret}, true},
                                    {"ringed", product::cloud, "/webhooks/ringed", {}, false, ring}},
                                   journal, metrics)
            .value();
    }

    http::server server_;
};

}  // namespace bbstream::test
