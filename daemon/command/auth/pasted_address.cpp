#include "daemon/command/auth/pasted_address.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace bbstream::command {
namespace {

using clock = std::chrono::steady_clock;

constexpr std::size_t line_bytes_max = 16 * 1024;

// Whether it can be read before the deadline.
bool is_ready(int fd, clock::time_point deadline)
{
    pollfd waiting{fd, POLLIN, 0};
    for (;;) {
        auto const left = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock::now());
        if (left.count() <= 0)
            return false;
        auto const ready = ::poll(&waiting, 1, static_cast<int>(left.count()));
        if (ready > 0 || (ready < 0 && errno != EINTR))
            return ready > 0;
    }
}

result<std::string> read_line(clock::time_point deadline)
{
    std::string line;
    char c = '\0';
    while (line.size() < line_bytes_max) {
        if (!is_ready(STDIN_FILENO, deadline))
            return failure{failure_kind::unavailable, "no address was pasted in time; nothing has changed"};
        if (::read(STDIN_FILENO, &c, 1) != 1 || c == '\n')
            break;
        line += c;
    }
    while (line.ends_with('\r') || line.ends_with(' '))
        line.pop_back();
    return line;
}

}  // namespace

result<login::callback> pasted_callback(std::string const& redirect_uri, std::string_view state,
                                        std::chrono::milliseconds at_most)
{
    auto const line = read_line(clock::now() + at_most);
    if (!line)
        return line.error();
    auto const path = login::target_of_address(redirect_uri);
    auto const brought =
        login::read_callback(login::target_of_address(*line), path.empty() ? std::string_view("/") : path, state);
    if (brought.what == login::callback::elsewhere || brought.what == login::callback::forged)
        return failure{failure_kind::invalid, "that is not the address that this login ends at: it begins with " +
                                                  redirect_uri +
                                                  "?, and has the code and the state in it; nothing has changed"};
    return brought;
}

}  // namespace bbstream::command
