// One thread with an event loop: it accepts connections, runs their sessions, and lets deadlines act.
#pragma once

#include "http/session.hpp"
#include "net/cidr_list.hpp"
#include "net/tls_context.hpp"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/intrusive/list.hpp>

#include <atomic>
#include <thread>

namespace bbstream::http {

// What the reactors of a server share; outlives them.
struct listener_state {
    config::ingest limits;
    net::cidr_list allowed;
    std::unique_ptr<net::tls_context> tls;  // null: plain
    body_memory bodies;
    std::atomic<std::size_t> connections{0};
};

class reactor {
   public:
    reactor(listener_state& shared, unique_fd listening, handler_factory const& make_handler, probe const& counts);
    ~reactor();
    reactor(reactor const&) = delete;
    reactor& operator=(reactor const&) = delete;

    void start();

    // Any thread: accepts no more, ends idle connections, lets requests in progress be answered until the deadline,
    // then ends every connection. join() returns when all of that is done and the journal has given back what it has.
    void stop(instant deadline);
    void join();

    // Any thread: whether the event loop came round lately.
    bool turning(instant now) const;

   private:
    using timer = boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                                    boost::asio::wait_traits<std::chrono::steady_clock>, net::executor>;

    net::task<void> accept_connections();
    // What accepting one connection came to.
    enum class accepted { one, none_waiting, out_of_resources };
    accepted accept_one();
    bool open(unique_fd socket);
    void ended(session* which, std::exception_ptr why) noexcept;
    net::task<void> tick();
    void look_after_sessions(instant now);

    listener_state& shared_;
    boost::asio::io_context io_{1};
    session_environment environment_;
    boost::asio::posix::basic_stream_descriptor<net::executor> listening_;
    timer accept_pause_{io_};
    timer ticker_{io_};
    boost::intrusive::list<session> sessions_;
    instant stop_deadline_ = instant::max();
    std::atomic<instant::rep> turned_;
    std::thread thread_;
};

}  // namespace bbstream::http
