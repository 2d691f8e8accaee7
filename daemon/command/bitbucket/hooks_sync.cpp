#include "daemon/command/bitbucket/hooks_sync.hpp"

#include "daemon/command/bitbucket/hook_secrets.hpp"
#include "daemon/command/bitbucket/hook_work.hpp"
#include "daemon/command/bitbucket/hooks_turn.hpp"
#include "daemon/command/complain.hpp"

namespace bbstream::command {
namespace {

net::task<int> sync(place& here, hooks_sync_options const& options)
{
    if (here.file == nullptr)
        co_return complain("hooks are what a configuration file says, and there is none: " + options.config_path);
    unique_fd turn;
    if (!options.dry_run) {
        auto taken = co_await take_turn_at_hooks(here);
        if (!taken)
            co_return complain_of(taken.error());
        turn = std::move(*taken);
    }
    // Within the turn: a rotation may have made another one.
    auto secret = secret_for_hooks(*here.file, here.instance);
    if (!secret)
        co_return complain_of(secret.error());
    hook_work const what{options.dry_run, options.prune, options.json, here.file->state.path, std::move(*secret)};
    co_return co_await work_on_hooks(here, what);
}

}  // namespace

int run_hooks_sync(hooks_sync_options const& options)
{
    return run_errand(options, rest::role::admin, [&](place& here) { return sync(here, options); });
}

}  // namespace bbstream::command
