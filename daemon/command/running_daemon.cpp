#include "daemon/command/running_daemon.hpp"

#include "base/file.hpp"
#include "config/secret.hpp"
#include "daemon/command/terminal.hpp"
#include "http/post.hpp"
#include "journal/format.hpp"
#include "rest/json.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

namespace bbstream::command {
namespace {

// Where a listener on all addresses can be spoken to.
std::string reachable(std::string const& listen)
{
    auto const port = listen.substr(listen.rfind(':') + 1);
    return listen.starts_with("0.0.0.0:") || listen.starts_with("[::]:") ? "127.0.0.1:" + port : listen;
}

failure refusal_of(http::post_answer const& answer)
{
    rest::json_document document;
    if (auto const why = document.parse(answer.body)["error"].text())
        return {failure_kind::permanent, "the running daemon: " + harmless(*why)};
    return {failure_kind::permanent,
            "the running daemon refuses (" + std::to_string(answer.status) + "); its log says why"};
}

}  // namespace

result<bool> daemon_runs(std::string const& journal_path)
{
    auto const name = journal_path + '/' + std::string(journal::lock_name);
    unique_fd const lock(::open(name.c_str(), O_RDONLY | O_CLOEXEC));
    if (!lock && errno == ENOENT)
        return false;
    if (!lock)
        return system_failure(name, errno);
    // A shared lock is refused beside the daemon's, and let go at once.
    if (::flock(lock.get(), LOCK_SH | LOCK_NB) == 0)
        return false;
    return errno == EWOULDBLOCK ? result<bool>(true) : system_failure(name, errno);
}

result<std::string> ask_daemon(config::admin const& at, std::string_view target, std::chrono::milliseconds patience)
{
    if (!at.token)
        return failure{failure_kind::invalid, "admin.token is missing: the running daemon takes no action without it"};
    auto const token = config::resolve(*at.token);
    if (!token)
        return failure{token.error().kind, "admin.token: " + token.error().message};
    auto const to = net::parse_web_address("http://" + reachable(at.listen) + std::string(target));
    if (!to)
        return failure{to.error().kind, "admin.listen: " + to.error().message};
    http::post_options how;
    how.timeout = patience;
    auto const answer = http::post(*to, {{"Authorization", "Bearer " + *token}}, {}, how);
    if (!answer)
        return failure{answer.error().kind, "the running daemon: " + answer.error().message};
    if (answer->status == 401)
        return failure{failure_kind::permanent, "the running daemon refuses the token: it has another admin.token"};
    if (answer->status != 200)
        return refusal_of(*answer);
    return answer->body;
}

}  // namespace bbstream::command
