#include "daemon/notify.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace bbstream::daemon {

namespace {

std::string environment(char const* name)
{
    auto const* value = std::getenv(name);
    return value ? value : "";
}

std::optional<std::uint64_t> number(std::string const& text)
{
    std::uint64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value == 0)
        return std::nullopt;
    return value;
}

}  // namespace

service_notifier::service_notifier() : address_(environment("NOTIFY_SOCKET"))
{
    if (!address_.empty())
        socket_.reset(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    auto const pid = environment("WATCHDOG_PID");
    auto const wait = number(environment("WATCHDOG_USEC"));
    if (wait && (pid.empty() || number(pid) == static_cast<std::uint64_t>(::getpid())))
        watchdog_interval_ = std::chrono::microseconds(*wait / 2);
}

void service_notifier::ready(std::string_view status) const
{
    send("READY=1\nSTATUS=" + std::string(status));
}

void service_notifier::stopping(std::string_view status) const
{
    send("STOPPING=1\nSTATUS=" + std::string(status));
}

void service_notifier::watchdog() const
{
    send("WATCHDOG=1");
}

// A manager that does not listen is no reason to stop serving: failures are ignored.
void service_notifier::send(std::string const& message) const
{
    sockaddr_un address{};
    if (!socket_ || address_.size() >= sizeof address.sun_path)
        return;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, address_.data(), address_.size());
    if (address.sun_path[0] == '@')
        address.sun_path[0] = '\0';
    auto const size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address_.size());
    [[maybe_unused]] auto const sent =
        ::sendto(socket_.get(), message.data(), message.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
                 reinterpret_cast<sockaddr const*>(&address), size);
}

}  // namespace bbstream::daemon
