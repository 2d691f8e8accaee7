#include "daemon/command/auth/auth.hpp"
#include "daemon/command/auth/login_target.hpp"
#include "daemon/command/bitbucket/errand.hpp"
#include "daemon/command/complain.hpp"
#include "daemon/command/json_line.hpp"
#include "daemon/command/terminal.hpp"
#include "daemon/signals.hpp"
#include "rest/user_tokens.hpp"

#include <boost/asio/co_spawn.hpp>

namespace bbstream::command {
namespace {

using renewal = result<credential::grant>;

std::string text_of(config::instance const& with, credential::grant const& what, bool json)
{
    if (!json) {
        std::string text = "renewed at " + with.name + " for " + harmless(what.account) + "; the access token ends ";
        append_rfc3339(text, what.expires);
        return text + '\n';
    }
    return json_line([&](event::json_writer& out) {
        out.text<"instance">(with.name);
        out.text<"account">(what.account);
        out.text<"scopes">(what.scopes);
        out.time<"expires">(what.expires);
    });
}

}  // namespace

// Beside a running daemon too: what it holds stays good until its end, and then it reads what is kept.
int run_auth_refresh(auth_login_options const& options)
{
    daemon::ignore_broken_pipes();
    auto const [chosen, code] = find_login(options);
    if (!chosen)
        return code;
    auto login = rest::open_login(chosen->instance, chosen->target.who, chosen->known.state());
    if (!login)
        return complain_of(login.error());
    if (!options.as.empty())
        login->user = options.as;
    boost::asio::io_context loop;
    auto const over = rest::transport::make(loop.get_executor(), chosen->instance.api_ca,
                                            rest::proxy_settings_from(chosen->instance.proxy));
    if (!over)
        return complain_of(over.error());
    rest::user_tokens tokens(loop.get_executor(), std::move(*login), **over);
    std::optional<renewal> ended;
    boost::asio::co_spawn(loop, tokens.renewed_now(), [&](std::exception_ptr why, renewal given) {
        if (why)
            std::rethrow_exception(why);
        ended = std::move(given);
    });
    loop.run();
    if (!*ended)
        return complain_of(ended->error());
    return print(text_of(chosen->instance, **ended, options.json));
}

}  // namespace bbstream::command
