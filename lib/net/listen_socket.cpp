// bind(2) and listen(2) in three ways.
#include "net/listen_socket.hpp"

#include "net/systemd_socket.hpp"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstring>
#include <memory>

namespace bbstream::net {
namespace {

constexpr std::string_view unix_prefix = "unix:";
constexpr mode_t unix_mode = 0660;

struct endpoint {
    sockaddr_storage address{};
    socklen_t size = 0;
    sockaddr const* get() const { return reinterpret_cast<sockaddr const*>(&address); }
    sockaddr* get() { return reinterpret_cast<sockaddr*>(&address); }
};

struct host_and_port {
    std::string host;
    std::string port;
};

result<host_and_port> split(std::string const& address)
{
    auto const wrong = failure{failure_kind::invalid, "\"" + address +
                                                          "\" is no address to listen on: host:port, [ipv6]:port, "
                                                          "unix:/path or systemd"};
    auto const colon = address.rfind(':');
    if (colon == std::string::npos)
        return wrong;
    host_and_port parts{address.substr(0, colon), address.substr(colon + 1)};
    if (parts.host.starts_with('[') && parts.host.ends_with(']'))
        parts.host = parts.host.substr(1, parts.host.size() - 2);
    else if (parts.host.find(':') != std::string::npos)
        return wrong;
    std::uint16_t port = 0;
    auto const* const end = parts.port.data() + parts.port.size();
    if (auto const [at, error] = std::from_chars(parts.port.data(), end, port); error != std::errc{} || at != end)
        return wrong;
    return parts;
}

result<endpoint> resolve(std::string const& address)
{
    auto const parts = split(address);
    if (!parts)
        return parts.error();
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_family = parts->host.empty() ? AF_INET : AF_UNSPEC;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    auto const* const host = parts->host.empty() ? nullptr : parts->host.c_str();
    if (auto const error = ::getaddrinfo(host, parts->port.c_str(), &hints, &found); error != 0)
        return failure{failure_kind::invalid, "cannot listen on " + address + ": " + ::gai_strerror(error)};
    std::unique_ptr<addrinfo, void (*)(addrinfo*)> const owner(found, ::freeaddrinfo);
    endpoint at;
    at.size = found->ai_addrlen;
    std::memcpy(&at.address, found->ai_addr, at.size);
    return at;
}

result<unique_fd> open_socket(int family)
{
    unique_fd opened(::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!opened)
        return system_failure("socket", errno);
    return opened;
}

result<unique_fd> bind_tcp(endpoint const& at, bool share_port, std::string const& address)
{
    auto opened = open_socket(at.address.ss_family);
    if (!opened)
        return opened;
    auto const enable = [&](int level, int option, int value) {
        return ::setsockopt(opened->get(), level, option, &value, sizeof value) == 0;
    };
    auto const is_ipv6 = at.address.ss_family == AF_INET6;
    if (!enable(SOL_SOCKET, SO_REUSEADDR, 1) || (share_port && !enable(SOL_SOCKET, SO_REUSEPORT, 1)) ||
        (is_ipv6 && !enable(IPPROTO_IPV6, IPV6_V6ONLY, 0)))
        return system_failure("cannot listen on " + address, errno);
    if (::bind(opened->get(), at.get(), at.size) != 0)
        return system_failure("cannot listen on " + address, errno);
    return opened;
}

std::uint16_t port_of(endpoint const& at)
{
    auto const raw = at.address.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6 const&>(at.address).sin6_port
                                                      : reinterpret_cast<sockaddr_in const&>(at.address).sin_port;
    return ntohs(raw);
}

result<listen_sockets> listen_tcp(std::string const& address, std::size_t count)
{
    auto at = resolve(address);
    if (!at)
        return at.error();
    if (port_of(*at) != 0) {
        auto const alone = bind_tcp(*at, false, address);
        if (!alone)
            return alone.error();
    }
    listen_sockets made;
    while (made.sockets.size() < count) {
        auto bound = bind_tcp(*at, true, address);
        if (!bound)
            return bound.error();
        if (::getsockname(bound->get(), at->get(), &at->size) != 0)
            return system_failure("cannot listen on " + address, errno);
        made.sockets.push_back(std::move(*bound));
    }
    for (auto const& socket : made.sockets)
        if (::listen(socket.get(), SOMAXCONN) != 0)
            return system_failure("cannot listen on " + address, errno);
    made.port = port_of(*at);
    return made;
}

// The socket itself and duplicates of it.
result<std::vector<unique_fd>> duplicate(unique_fd first, std::size_t count)
{
    std::vector<unique_fd> made;
    made.push_back(std::move(first));
    while (made.size() < count) {
        unique_fd copy(::fcntl(made.front().get(), F_DUPFD_CLOEXEC, 0));
        if (!copy)
            return system_failure("dup", errno);
        made.push_back(std::move(copy));
    }
    return made;
}

// A socket file that refuses connections was left behind by a process that ended without removing it.
result<void> remove_stale(std::string const& path, sockaddr_un const& at)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return {};
    if (!S_ISSOCK(status.st_mode))
        return failure{failure_kind::invalid, "cannot listen on " + path + ": the file exists and is no socket"};
    auto const probe = open_socket(AF_UNIX);
    if (!probe)
        return probe.error();
    if (::connect(probe->get(), reinterpret_cast<sockaddr const*>(&at), sizeof at) == 0 || errno != ECONNREFUSED)
        return failure{failure_kind::invalid, "cannot listen on " + path + ": another process listens there"};
    if (::unlink(path.c_str()) != 0)
        return system_failure("cannot remove " + path, errno);
    return {};
}

result<listen_sockets> listen_unix(std::string const& path, std::size_t count)
{
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof at.sun_path)
        return failure{failure_kind::invalid, "\"unix:" + path + "\": a path of 1 to 107 bytes is expected"};
    std::memcpy(at.sun_path, path.data(), path.size());
    if (auto const removed = remove_stale(path, at); !removed)
        return removed.error();
    auto opened = open_socket(AF_UNIX);
    if (!opened)
        return opened.error();
    if (::bind(opened->get(), reinterpret_cast<sockaddr const*>(&at), sizeof at) != 0 ||
        ::chmod(path.c_str(), unix_mode) != 0 || ::listen(opened->get(), SOMAXCONN) != 0)
        return system_failure("cannot listen on unix:" + path, errno);
    auto sockets = duplicate(std::move(*opened), count);
    if (!sockets)
        return sockets.error();
    return listen_sockets{std::move(*sockets), 0, path};
}

}  // namespace

result<listen_sockets> listen_on(std::string const& address, std::size_t count)
{
    if (address.starts_with(unix_prefix))
        return listen_unix(address.substr(unix_prefix.size()), count);
    if (address != "systemd")
        return listen_tcp(address, count);
    auto passed = take_systemd_socket();
    if (!passed)
        return passed.error();
    auto sockets = duplicate(std::move(*passed), count);
    if (!sockets)
        return sockets.error();
    return listen_sockets{std::move(*sockets), 0, {}};
}

}  // namespace bbstream::net
