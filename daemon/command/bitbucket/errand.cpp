#include "daemon/command/bitbucket/errand.hpp"

#include "daemon/command/bitbucket/choice.hpp"
#include "daemon/command/bitbucket/daemon_leave.hpp"
#include "daemon/command/bitbucket/known_instances.hpp"
#include "daemon/command/complain.hpp"
#include "daemon/command/terminal.hpp"
#include "daemon/signals.hpp"

#include <boost/asio/co_spawn.hpp>

#include <exception>

namespace bbstream::command {
namespace {

// A pause that Bitbucket asks for and a person would rather hear of than wait for.
constexpr std::chrono::seconds patience{30};

// What a command has been given to work with.
struct workplace {
    choice with;
    std::optional<config::config> file;
    config::state state;
    rest::leave_source lender;
};

workplace find_workplace(bitbucket_options const& options)
{
    auto all = find_instances(options.config_path);
    if (!all)
        return {{std::nullopt, complain(all.error().message)}, {}, {}, {}};
    use_client_until_login(*all);
    auto with = choose_instance(all->all, options.instance);
    auto lender = with.instance ? leave_of_daemon(all->file, with.instance->name) : nullptr;
    auto state = all->state();
    return {std::move(with), std::move(all->file), std::move(state), std::move(lender)};
}

rest::session_options session_options_for(rest::role as, workplace const& at)
{
    rest::session_options how;
    how.as = as;
    how.state = at.state;
    how.share = rest::command_line_share;
    how.lender = at.lender;
    how.patience = patience;
    how.notice = [](std::string const& line) { complain(harmless(line)); };
    return how;
}

int run_to_end(boost::asio::io_context& loop, errand const& what, place& here)
{
    int code = failed;
    std::exception_ptr thrown;
    boost::asio::co_spawn(loop, what(here), [&](std::exception_ptr why, int given) {
        thrown = why;
        code = given;
    });
    loop.run();
    if (thrown)
        std::rethrow_exception(thrown);
    return code;
}

int run_in(boost::asio::io_context& loop, workplace const& at, result<rest::session> opened, errand const& what)
{
    if (!opened)
        return complain_of(opened.error());
    place here{loop.get_executor(), *at.with.instance, *opened, at.file ? &*at.file : nullptr};
    return run_to_end(loop, what, here);
}

}  // namespace

int complain_of(failure const& why)
{
    return complain(harmless(why.message));
}

int run_errand(bitbucket_options const& options, rest::role as, errand what)
{
    daemon::ignore_broken_pipes();
    auto const at = find_workplace(options);
    auto const& with = at.with;
    if (!with.instance)
        return with.code;
    boost::asio::io_context loop;
    return run_in(loop, at, rest::open_session(loop.get_executor(), *with.instance, session_options_for(as, at)), what);
}

int run_issue_errand(bitbucket_options const& options, rest::role as, errand with_jira, errand otherwise)
{
    daemon::ignore_broken_pipes();
    auto const at = find_workplace(options);
    auto const& with = at.with;
    if (!with.instance)
        return with.code;
    boost::asio::io_context loop;
    auto const on = loop.get_executor();
    if (with.instance->jira)
        return run_in(loop, at, rest::open_jira(on, *with.instance, session_options_for(as, at)), with_jira);
    if (with.instance->platform == product::datacenter) {
        complain("Data Center has no issues: set jira.site, jira.username, jira.secret and jira.project");
        return misused;
    }
    if (options.repository_text.empty()) {
        complain("--repo is required where jira.* is not set");
        return misused;
    }
    return run_in(loop, at, rest::open_session(on, *with.instance, session_options_for(as, at)), otherwise);
}

}  // namespace bbstream::command
