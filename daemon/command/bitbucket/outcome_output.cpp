#include "daemon/command/bitbucket/outcome_output.hpp"

#include "daemon/command/complain.hpp"
#include "daemon/command/json_line.hpp"
#include "daemon/command/terminal.hpp"

namespace bbstream::command {
namespace {

std::string outcome_json(rest::outcome const& done)
{
    return json_line([&](event::json_writer& to) {
        to.text<"said">(done.said);
        to.text<"id">(done.id);
        to.text<"url">(done.url);
    });
}

std::unique_ptr<rest::actions> actions_of(place& here)
{
    if (here.instance.platform == product::cloud)
        return rest::make_cloud_actions(here.on, *here.bitbucket.client, here.bitbucket.api_path);
    auto const& who = here.instance.admin_auth ? here.instance.admin_auth : here.instance.auth;
    return rest::make_datacenter_actions(*here.bitbucket.client, here.bitbucket.api_path,
                                         who ? who->username : std::string());
}

}  // namespace

int write_outcome(result<rest::outcome> const& done, bool json)
{
    if (!done)
        return complain_of(done.error());
    if (json)
        return print(outcome_json(*done));
    return print(harmless(done->said + (done->url.empty() ? "" : "  " + done->url)) + '\n');
}

int run_change(bitbucket_options const& options, doing what)
{
    auto const change = [&](place& here) -> net::task<int> {
        auto const actions = actions_of(here);
        auto const done = co_await what(*actions);
        co_return write_outcome(done, options.json);
    };
    return run_errand(options, rest::role::admin, change);
}

}  // namespace bbstream::command
