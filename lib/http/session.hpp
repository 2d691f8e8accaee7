// One connection: handshake, requests one after the other with their answers in order, and the end.
#pragma once

#include "config/config.hpp"
#include "http/handler.hpp"
#include "http/probe.hpp"
#include "http/request_parser.hpp"
#include "net/stream.hpp"

#include <boost/intrusive/list_hook.hpp>

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace bbstream::http {

using instant = std::chrono::steady_clock::time_point;

// Memory for bodies that are being received, in all reactors together: many slow uploads must not add up to all of it.
struct body_memory {
    std::size_t bytes_max = 0;
    std::atomic<std::size_t> held{0};
};

// What the sessions of one reactor share; but for the memory of bodies touched by its thread only.
struct session_environment {
    config::ingest const& limits;
    body_memory& bodies;
    http::probe probe;
    std::unique_ptr<http::handler> handler;
    std::vector<char> scratch;                // what is read goes here first, so that idle connections hold no buffer
    std::string date;                         // now, for answers
    std::vector<std::string> spare_bodies{};  // capacity for bodies to come
    bool stopping = false;
};

class session : public boost::intrusive::list_base_hook<> {
   public:
    session(session_environment& shared, net::executor on, unique_fd socket, net::tls_connection tls);
    ~session();

    // Ends when the connection does; the session must outlive it.
    net::task<void> run();

    // Called now and then for every session of a reactor; this is how deadlines act.
    void check_deadline(instant now);
    // Ends the session unless a request is being received, handled or answered.
    void end_if_idle();
    // Ends the session at its next wait for the peer. (A hand-over to the journal always comes back by itself.)
    void terminate();

   private:
    enum class phase { handshake, idle, head, body, handling, answering, draining };
    enum class arrival {
        more,            // not whole yet
        continue_first,  // the client waits for "100 Continue" before it sends the body
        whole,           // a request to handle
        refused,         // answer with refused_, and close unless the request was whole
        gone,            // nothing to answer to
    };

    net::task<bool> shake_hands();
    net::task<bool> exchange();
    net::task<arrival> next_request();
    net::task<bool> send(std::span<char const> bytes);
    net::task<bool> answer(reply const& what, bool keep_alive);
    net::task<void> drain();

    arrival take(std::span<char const> fresh);
    arrival parse(std::string_view bytes, std::size_t& consumed);
    std::optional<reply> route_if_known();
    arrival head_arrived();
    arrival refuse(reply const& with, bool whole = false);
    arrival cut_short();
    bool hold_body();
    void take_spare_body();
    void forget_body();
    void enter(phase next);
    bool must_end() const { return expired_ || terminated_; }
    void forget_request();

    session_environment& shared_;
    net::stream stream_;
    request_parser parser_;
    request request_;
    std::string unparsed_;  // received and not consumed yet: a part of a head or of a chunk, or pipelined requests
    std::size_t body_bytes_held_ = 0;
    std::optional<reply> refused_;
    instant deadline_ = instant::max();
    unsigned in_a_row_ = 0;  // requests that were at hand already when the one before was answered
    phase phase_ = phase::handshake;
    bool refused_whole_ = false;
    bool unread_ = false;  // the peer may still be sending what was not read
    bool expired_ = false;
    bool terminated_ = false;
};

}  // namespace bbstream::http
