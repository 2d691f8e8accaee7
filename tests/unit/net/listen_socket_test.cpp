// Listening in each of its ways.
#include "net/listen_socket.hpp"

#include "net/systemd_socket.hpp"
#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <fstream>

namespace net = bbstream::net;
using bbstream::unique_fd;

namespace {

bool connects(std::uint16_t port)
{
    unique_fd const socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::connect(socket.get(), reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
}

bool connects(std::string const& path)
{
    unique_fd const socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    std::strncpy(to.sun_path, path.c_str(), sizeof to.sun_path - 1);
    return ::connect(socket.get(), reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
}

bool accepts_without_blocking(int fd)
{
    return ::accept(fd, nullptr, nullptr) < 0 && errno == EAGAIN;
}

// Runs in a child process with `fd` as systemd's first descriptor, since that number may be in use here.
int exit_code_with_passed(int fd, std::string const& count, bool for_us)
{
    auto const child = ::fork();
    if (child == 0) {
        ::dup2(fd, 3);
        ::setenv("LISTEN_FDS", count.c_str(), 1);
        ::setenv("LISTEN_PID", std::to_string(for_us ? ::getpid() : 1).c_str(), 1);
        auto const taken = net::listen_on("systemd", 2);
        if (!taken)
            ::_exit(1);
        auto const& sockets = taken->sockets;
        auto const closes = (::fcntl(3, F_GETFD) & FD_CLOEXEC) != 0;
        auto const removed = std::getenv("LISTEN_FDS") == nullptr && std::getenv("LISTEN_PID") == nullptr;
        ::_exit(sockets.size() == 2 && sockets[0].get() == 3 && closes && removed &&
                        accepts_without_blocking(sockets[1].get())
                    ? 0
                    : 2);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(listen_socket)

BOOST_AUTO_TEST_CASE(every_reactor_gets_a_socket_on_one_free_port)
{
    auto const listening = net::listen_on("127.0.0.1:0", 3).value();
    BOOST_TEST(listening.sockets.size() == 3u);
    BOOST_TEST(listening.port != 0);
    for (auto const& socket : listening.sockets)
        BOOST_TEST(accepts_without_blocking(socket.get()));
    BOOST_TEST(connects(listening.port));
}

BOOST_AUTO_TEST_CASE(a_port_that_is_taken_is_not_shared)
{
    auto const first = net::listen_on("127.0.0.1:0", 2).value();
    auto const address = "127.0.0.1:" + std::to_string(first.port);
    auto const second = net::listen_on(address, 2);
    BOOST_REQUIRE(second.has_error());
    BOOST_TEST(second.error().message.find(address) != std::string::npos);
    BOOST_TEST(second.error().message.find("in use") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_port_is_free_again_when_its_sockets_are_closed)
{
    auto const port = net::listen_on("127.0.0.1:0", 2).value().port;
    BOOST_TEST(net::listen_on("127.0.0.1:" + std::to_string(port), 2).value().port == port);
}

BOOST_AUTO_TEST_CASE(ipv6_and_host_names_work)
{
    BOOST_TEST(net::listen_on("localhost:0", 1).has_value());
    auto const any = net::listen_on(":0", 1).value();
    BOOST_TEST(connects(any.port));
    auto const both = net::listen_on("[::]:0", 1);
    if (both.has_error())
        BOOST_TEST_MESSAGE("skipped: no IPv6 here: " << both.error().message);
    else
        BOOST_TEST(connects(both->port), "an IPv4 client of the unspecified IPv6 address");
}

BOOST_AUTO_TEST_CASE(what_is_no_address_is_an_error)
{
    for (std::string const bad : {"", "8443", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "::1:8443",
                                  "127.0.0.1:-1", "127.0.0.1:80 ", "unix:", "Systemd"}) {
        auto const listening = net::listen_on(bad, 1);
        BOOST_TEST(listening.has_error(), bad);
        BOOST_TEST((listening.error().kind == bbstream::failure_kind::invalid), bad);
    }
    BOOST_TEST(net::listen_on("unix:/" + std::string(200, 'x'), 1).has_error());
    BOOST_TEST(net::listen_on("unix:/nonexistent-directory/socket", 1).has_error());
}

BOOST_AUTO_TEST_CASE(a_unix_socket_is_shared_by_duplicates_and_not_open_to_others)
{
    bbstream::test::temporary_directory const directory;
    auto const path = directory.file("listen.sock");
    auto const listening = net::listen_on("unix:" + path, 2).value();
    BOOST_TEST(listening.path == path);
    BOOST_TEST(listening.port == 0);
    struct stat status {};
    BOOST_REQUIRE(::stat(path.c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777) == 0660u);
    BOOST_TEST(connects(path));
    unique_fd const accepted(::accept(listening.sockets[1].get(), nullptr, nullptr));
    BOOST_TEST(accepted.get() >= 0);
}

BOOST_AUTO_TEST_CASE(a_stale_unix_socket_is_replaced_and_a_live_one_or_a_file_is_not)
{
    bbstream::test::temporary_directory const directory;
    auto const path = directory.file("listen.sock");
    {
        auto const ended = net::listen_on("unix:" + path, 1).value();
    }
    BOOST_TEST(!connects(path));
    auto const again = net::listen_on("unix:" + path, 1).value();
    BOOST_TEST(connects(path));
    BOOST_TEST(net::listen_on("unix:" + path, 1).has_error());
    BOOST_TEST(connects(path));

    auto const file = directory.file("precious");
    std::ofstream(file) << "data";
    BOOST_TEST(net::listen_on("unix:" + file, 1).has_error());
    BOOST_TEST(std::filesystem::file_size(file) == 4u);
}

BOOST_AUTO_TEST_CASE(the_socket_that_systemd_passes_is_taken_once)
{
    auto const listening = net::listen_on("127.0.0.1:0", 1).value();
    auto const fd = listening.sockets[0].get();
    BOOST_TEST(exit_code_with_passed(fd, "1", true) == 0);
    BOOST_TEST(exit_code_with_passed(fd, "1", false) == 1);
    BOOST_TEST(exit_code_with_passed(fd, "0", true) == 1);
    BOOST_TEST(exit_code_with_passed(fd, "2", true) == 1);
    unique_fd const no_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    BOOST_TEST(exit_code_with_passed(no_listener.get(), "1", true) == 1);
}

BOOST_AUTO_TEST_SUITE_END()
