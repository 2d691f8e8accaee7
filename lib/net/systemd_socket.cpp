// $LISTEN_PID, $LISTEN_FDS, and descriptors from 3.
#include "net/systemd_socket.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace bbstream::net {
namespace {

constexpr int first_passed = 3;  // SD_LISTEN_FDS_START

std::string_view variable(char const* name)
{
    auto const* value = std::getenv(name);
    return value ? value : "";
}

int socket_option(int fd, int name)
{
    int value = 0;
    socklen_t size = sizeof value;
    return ::getsockopt(fd, SOL_SOCKET, name, &value, &size) == 0 ? value : -1;
}

}  // namespace

result<unique_fd> take_systemd_socket()
{
    auto const ours = variable("LISTEN_PID") == std::to_string(::getpid());
    auto const count = std::string(variable("LISTEN_FDS"));
    if (!ours || count.empty() || count == "0")
        return failure{failure_kind::invalid, "listen = \"systemd\", but systemd passed no socket ($LISTEN_FDS)"};
    if (count != "1")
        return failure{failure_kind::invalid, "systemd passed " + count + " sockets; exactly one is expected"};
    for (auto const* name : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"})
        ::unsetenv(name);

    if (socket_option(first_passed, SO_TYPE) != SOCK_STREAM || socket_option(first_passed, SO_ACCEPTCONN) != 1)
        return failure{failure_kind::invalid, "what systemd passed is no listening stream socket"};
    unique_fd taken(first_passed);
    auto const flags = ::fcntl(taken.get(), F_GETFL);
    if (::fcntl(taken.get(), F_SETFD, FD_CLOEXEC) < 0 || flags < 0 ||
        ::fcntl(taken.get(), F_SETFL, flags | O_NONBLOCK) < 0)
        return system_failure("systemd's socket", errno);
    return taken;
}

}  // namespace bbstream::net
