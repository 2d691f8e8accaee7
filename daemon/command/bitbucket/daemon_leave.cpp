#include "daemon/command/bitbucket/daemon_leave.hpp"

#include "daemon/admin.hpp"
#include "daemon/command/running_daemon.hpp"
#include "rest/json.hpp"
#include "rest/target.hpp"

#include <algorithm>

namespace bbstream::command {
namespace {

// A daemon that turns answers at once; one that does not shall not hold up a command.
constexpr std::chrono::milliseconds patience{3'000};

std::optional<rest::leave> leave_in(std::string const& answer)
{
    rest::json_document document;
    auto const said = document.parse(answer);
    auto const requests = said["requests"].number();
    auto const wait = said["waitMs"].number();
    if (!requests || !wait)
        return std::nullopt;
    return rest::leave{static_cast<unsigned>(std::clamp<std::int64_t>(*requests, 0, rest::leave_max)),
                       std::chrono::milliseconds(*wait)};
}

}  // namespace

rest::leave_source leave_of_daemon(std::optional<config::config> const& file, std::string instance)
{
    if (!file)
        return nullptr;
    return [admin = file->admin, journal = file->journal.path,
            name = std::move(instance)](unsigned wanted) -> std::optional<rest::leave> {
        // Whoever else listens there while no daemon runs shall not see the token.
        if (auto const runs = daemon_runs(journal); !runs || !*runs)
            return std::nullopt;
        auto const target = rest::target(std::string(daemon::give_leave_path))
                                .query("instance", name)
                                .query("requests", std::to_string(wanted))
                                .text();
        auto const answer = ask_daemon(admin, target, patience);
        return answer ? leave_in(*answer) : std::nullopt;
    };
}

}  // namespace bbstream::command
