#include "daemon/command/bitbucket/hooks_rotate.hpp"

#include "base/hex.hpp"
#include "base/random.hpp"
#include "daemon/admin.hpp"
#include "daemon/command/bitbucket/hook_secrets.hpp"
#include "daemon/command/bitbucket/hook_work.hpp"
#include "daemon/command/bitbucket/hooks_turn.hpp"
#include "daemon/command/complain.hpp"
#include "daemon/command/running_daemon.hpp"

#include <array>
#include <functional>

namespace bbstream::command {
namespace {

// Of a secret; twice as many hexadecimal digits, which both products take.
constexpr std::size_t secret_bytes = 32;

std::string new_secret()
{
    std::array<unsigned char, secret_bytes> bytes{};
    fill_random(bytes);
    return to_hex(bytes);
}

class rotating {
   public:
    rotating(config::config const& config, config::instance const& one, hooks::secret_vault vault)
        : config_(config), one_(one), vault_(std::move(vault))
    {
    }

    // Sealed, then accepted by the daemon; only then hooks may have it. Gives the secret.
    result<std::string> prepare()
    {
        auto const begun = change([](hooks::rotation& kept) {
            if (!hooks::is_under_way(kept))
                hooks::begin(kept, new_secret(), now_micros());
        });
        if (!begun)
            return begun.error();
        if (auto const told = tell_daemon(); !told)
            return told.error();
        auto const accepted = change([](hooks::rotation& kept) { kept.accepted = true; });
        if (!accepted)
            return accepted.error();
        return accepted->secrets.front().text;
    }

    // Every hook has it.
    result<void> finish()
    {
        auto const done = change([](hooks::rotation& kept) { kept.rewritten = now_micros(); });
        return done ? result<void>() : done.error();
    }

   private:
    result<hooks::rotation> change(std::function<void(hooks::rotation&)> const& how)
    {
        auto const lock = vault_.lock(one_.name);
        if (!lock)
            return lock.error();
        auto kept = vault_.read(one_.name);
        if (!kept)
            return kept.error();
        how(*kept);
        if (auto const written = vault_.write(one_.name, *kept); !written)
            return written.error();
        return kept;
    }

    // One that starts later reads the vault by itself.
    result<void> tell_daemon()
    {
        auto const runs = daemon_runs(config_.journal.path);
        if (!runs)
            return runs.error();
        if (!*runs)
            return {};
        auto const told = ask_daemon(config_.admin, daemon::reload_secrets_path);
        return told ? result<void>() : told.error();
    }

    config::config const& config_;
    config::instance const& one_;
    hooks::secret_vault const vault_;
};

net::task<int> rotate(place& here, bitbucket_options const& options)
{
    if (here.file == nullptr || here.instance.webhook_url.empty())
        co_return complain("instance " + here.instance.name + ": webhook.url is missing: which hooks are meant");
    auto const& config = *here.file;
    auto vault = open_vault(config);
    if (!vault)
        co_return complain_of(vault.error());
    auto const turn = co_await take_turn_at_hooks(here);
    if (!turn)
        co_return complain_of(turn.error());
    rotating now(config, here.instance, std::move(*vault));
    auto const secret = now.prepare();
    if (!secret)
        co_return complain_of(secret.error());
    hook_work const what{false, false, options.json, config.state.path, *secret};
    int const code = co_await work_on_hooks(here, what);
    if (code != success)
        co_return complain("not every hook has the new secret yet; both are accepted: run hooks rotate again");
    if (auto const finished = now.finish(); !finished)
        co_return complain_of(finished.error());
    co_return success;
}

}  // namespace

int run_hooks_rotate(bitbucket_options const& options)
{
    return run_errand(options, rest::role::admin, [&](place& here) { return rotate(here, options); });
}

}  // namespace bbstream::command
