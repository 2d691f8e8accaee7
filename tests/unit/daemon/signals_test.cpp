// What signals do to the process: each case in a child of its own.
#include "daemon/signals.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>

using namespace bbstream::daemon;

namespace {

// The wait status of a child that does this.
int status_of(std::function<void()> const& act)
{
    auto const child = ::fork();
    if (child == 0) {
        ::alarm(60);
        act();
        ::_exit(0);
    }
    int status = 0;
    BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
    return status;
}

int exit_code(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

BOOST_AUTO_TEST_CASE(term_and_int_ask_to_stop)
{
    for (int const number : {SIGTERM, SIGINT}) {
        auto const status = status_of([&] {
            boost::asio::io_context io;
            int got = 0;
            signals on(
                io,
                [&](int n) {
                    got = n;
                    io.stop();
                },
                [] {});
            ::raise(number);
            io.run();
            ::_exit(got);
        });
        BOOST_TEST(exit_code(status) == number);
    }
}

BOOST_AUTO_TEST_CASE(a_second_one_ends_the_process_even_while_it_is_busy_stopping)
{
    auto const status = status_of([] {
        boost::asio::io_context io;
        signals const on(
            io,
            [](int) {
                ::raise(SIGINT);
                ::_exit(99);
            },
            [] {});
        ::raise(SIGTERM);
        io.run();
    });
    BOOST_REQUIRE(WIFSIGNALED(status));
    BOOST_TEST(WTERMSIG(status) == SIGINT);
}

BOOST_AUTO_TEST_CASE(hup_reloads_each_time)
{
    auto const status = status_of([] {
        boost::asio::io_context io;
        int reloads = 0;
        signals on(
            io, [](int) { ::_exit(99); },
            [&] {
                if (++reloads == 3)
                    ::_exit(reloads);
                ::raise(SIGHUP);
            });
        ::raise(SIGHUP);
        io.run();
    });
    BOOST_TEST(exit_code(status) == 3);
}

BOOST_AUTO_TEST_CASE(a_broken_pipe_is_survived)
{
    auto const status = status_of([] {
        ignore_broken_pipes();
        int ends[2];
        if (::pipe(ends) != 0)
            ::_exit(99);
        ::close(ends[0]);
        ::_exit(::write(ends[1], "x", 1) == -1 && errno == EPIPE ? 7 : 98);
    });
    BOOST_TEST(exit_code(status) == 7);
}
