// What a service manager would receive.
#include "daemon/notify.hpp"

#include "base/file.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>

using namespace bbstream;
using namespace bbstream::daemon;

namespace {

// A datagram socket as systemd has one; a name that begins with '@' is abstract.
struct manager {
    explicit manager(std::string const& name) : socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_un at{};
        at.sun_family = AF_UNIX;
        std::memcpy(at.sun_path, name.data(), name.size());
        if (name.starts_with('@'))
            at.sun_path[0] = '\0';
        auto const size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
        BOOST_REQUIRE(::bind(socket.get(), reinterpret_cast<sockaddr*>(&at), size) == 0);
        ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
    }
    ~manager() { ::unsetenv("NOTIFY_SOCKET"); }

    // The next datagram, or nothing when there is none.
    std::string next() const
    {
        char bytes[256];
        auto const n = ::recv(socket.get(), bytes, sizeof bytes, MSG_DONTWAIT);
        return n < 0 ? "" : std::string(bytes, static_cast<std::size_t>(n));
    }

    unique_fd socket;
};

std::string unique_name()
{
    return "bbstream-notify-" + std::to_string(::getpid());
}

void receives_every_message(manager const& at)
{
    service_notifier const notifier;
    notifier.ready("listening on 0.0.0.0:8443");
    notifier.watchdog();
    notifier.stopping("flushing");
    BOOST_TEST(at.next() == "READY=1\nSTATUS=listening on 0.0.0.0:8443");
    BOOST_TEST(at.next() == "WATCHDOG=1");
    BOOST_TEST(at.next() == "STOPPING=1\nSTATUS=flushing");
    BOOST_TEST(at.next() == "");
}

std::optional<std::chrono::microseconds> interval(char const* usec, std::string const& pid)
{
    usec != nullptr ? ::setenv("WATCHDOG_USEC", usec, 1) : ::unsetenv("WATCHDOG_USEC");
    pid.empty() ? ::unsetenv("WATCHDOG_PID") : ::setenv("WATCHDOG_PID", pid.c_str(), 1);
    return service_notifier().watchdog_interval();
}

}  // namespace

BOOST_AUTO_TEST_CASE(messages_reach_a_socket_in_the_file_system)
{
    auto const path = "/tmp/" + unique_name();
    std::filesystem::remove(path);
    receives_every_message(manager(path));
    std::filesystem::remove(path);
}

BOOST_AUTO_TEST_CASE(messages_reach_an_abstract_socket)
{
    receives_every_message(manager('@' + unique_name()));
}

BOOST_AUTO_TEST_CASE(without_a_manager_messages_go_nowhere)
{
    ::unsetenv("NOTIFY_SOCKET");
    BOOST_CHECK_NO_THROW(service_notifier().ready("x"));
    for (std::string const& socket :
         {std::string("/nonexistent/socket"), std::string(300, 'x'), std::string("@"), std::string()}) {
        ::setenv("NOTIFY_SOCKET", socket.c_str(), 1);
        BOOST_CHECK_NO_THROW(service_notifier().ready("x"));
    }
    ::unsetenv("NOTIFY_SOCKET");
}

BOOST_AUTO_TEST_CASE(the_watchdog_is_fed_twice_in_its_time_and_only_by_the_process_it_watches)
{
    auto const self = std::to_string(::getpid());
    BOOST_REQUIRE(interval("30000000", self).has_value());
    BOOST_TEST(interval("30000000", self)->count() == 15'000'000);
    BOOST_TEST(interval("30000000", "")->count() == 15'000'000);
    BOOST_TEST(!interval("30000000", std::to_string(::getppid())).has_value());
    BOOST_TEST(!interval(nullptr, self).has_value());
    for (auto const* wrong : {"", "0", "-1", "soon", "30s", "99999999999999999999999"})
        BOOST_TEST(!interval(wrong, self).has_value(), wrong);
    interval(nullptr, "");
}
