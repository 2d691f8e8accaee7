#include "daemon/command/bitbucket/errand.hpp"

#include "daemon/command/bitbucket/known_instances.hpp"
#include "daemon/command/complain.hpp"
#include "daemon/command/terminal.hpp"
#include "daemon/signals.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <exception>

namespace bbstream::command {
namespace {

// A pause that Bitbucket asks for and a person would rather hear of than wait for.
constexpr std::chrono::seconds patience{30};

struct chosen {
    std::optional<config::instance> instance;
    int code = success;  // why there is none
};

chosen misuse(std::string const& why)
{
    complain(why);
    return {std::nullopt, misused};
}

chosen choose_among(std::vector<config::instance> const& all, std::string const& name)
{
    std::string names;
    for (auto const& each : all) {
        if (each.name == name || (name.empty() && all.size() == 1))
            return {each, success};
        names += (names.empty() ? "" : ", ") + each.name;
    }
    if (name.empty())
        return misuse("several instances are configured: choose one by --instance (" + names + ")");
    return misuse("no instance is named " + name + " (there are " + names + ")");
}

chosen choose_instance(bitbucket_options const& options)
{
    auto const known = find_instances(options.config_path);
    if (!known)
        return {std::nullopt, complain(known.error().message)};
    return choose_among(known->all, options.instance);
}

rest::session_options session_options_for(rest::role as)
{
    rest::session_options how;
    how.as = as;
    how.share = rest::command_line_share;
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

int run_in(boost::asio::io_context& loop, config::instance const& instance, result<rest::session> opened,
           errand const& what)
{
    if (!opened)
        return complain_of(opened.error());
    place here{loop.get_executor(), instance, *opened};
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
    auto const with = choose_instance(options);
    if (!with.instance)
        return with.code;
    boost::asio::io_context loop;
    return run_in(loop, *with.instance,
                  rest::open_session(loop.get_executor(), *with.instance, session_options_for(as)), what);
}

int run_issue_errand(bitbucket_options const& options, rest::role as, errand with_jira, errand otherwise)
{
    daemon::ignore_broken_pipes();
    auto const with = choose_instance(options);
    if (!with.instance)
        return with.code;
    boost::asio::io_context loop;
    auto const on = loop.get_executor();
    if (with.instance->jira)
        return run_in(loop, *with.instance, rest::open_jira(on, *with.instance, session_options_for(as)), with_jira);
    if (with.instance->platform == product::datacenter) {
        complain("Data Center has no issues: set jira.site, jira.username, jira.secret and jira.project");
        return misused;
    }
    if (options.repository_text.empty()) {
        complain("--repo is required where jira.* is not set");
        return misused;
    }
    return run_in(loop, *with.instance, rest::open_session(on, *with.instance, session_options_for(as)), otherwise);
}

}  // namespace bbstream::command
