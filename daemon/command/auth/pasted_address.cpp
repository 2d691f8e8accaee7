#include "daemon/command/auth/pasted_address.hpp"

#include "rest/pacer.hpp"

#include <poll.h>
#include <unistd.h>

namespace bbstream::command {
namespace {

using clock = std::chrono::steady_clock;

constexpr std::size_t line_bytes_max = 16 * 1024;

constexpr std::chrono::milliseconds look_again{50};

bool is_ready(int fd)
{
    pollfd waiting{fd, POLLIN, 0};
    return ::poll(&waiting, 1, 0) > 0;
}

// Standard input may be a file, which a loop can't wait for; looking now and then leaves the loop free to hear Ctrl-C.
net::task<result<std::string>> read_line(net::executor on, clock::time_point deadline, bool const& given_up)
{
    rest::timer pause(on);
    std::string line;
    char c = '\0';
    while (line.size() < line_bytes_max) {
        if (given_up)
            co_return failure{failure_kind::unavailable, "given up; nothing has changed"};
        if (clock::now() >= deadline)
            co_return failure{failure_kind::unavailable, "no address was pasted in time; nothing has changed"};
        if (!is_ready(STDIN_FILENO)) {
            pause.expires_after(look_again);
            co_await pause.async_wait(net::as_result);
            continue;
        }
        if (::read(STDIN_FILENO, &c, 1) != 1 || c == '\n')
            break;
        line += c;
    }
    while (line.ends_with('\r') || line.ends_with(' '))
        line.pop_back();
    co_return line;
}

}  // namespace

net::task<result<login::callback>> pasted_callback(net::executor on, std::string redirect_uri,
                                                   credential::secret_text state, std::chrono::milliseconds at_most,
                                                   bool const& given_up)
{
    auto const line = co_await read_line(on, clock::now() + at_most, given_up);
    if (!line)
        co_return line.error();
    auto const path = login::target_of_address(redirect_uri);
    auto const brought =
        login::read_callback(login::target_of_address(*line), path.empty() ? std::string_view("/") : path, state);
    if (brought.what == login::callback::elsewhere || brought.what == login::callback::forged)
        co_return failure{failure_kind::invalid, "that is not the address that this login ends at: it begins with " +
                                                     redirect_uri +
                                                     "?, and has the code and the state in it; nothing has changed"};
    co_return brought;
}

}  // namespace bbstream::command
