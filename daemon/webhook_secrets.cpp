#include "daemon/webhook_secrets.hpp"

#include "config/secret.hpp"
#include "observe/log.hpp"

#include <algorithm>

namespace bbstream::daemon {
namespace {

constexpr std::chrono::milliseconds interval_max = std::chrono::hours(1);
constexpr std::chrono::milliseconds interval_min{1'000};
constexpr int looks_a_window = 8;

}  // namespace

result<std::unique_ptr<webhook_secrets>> webhook_secrets::load(config::config const& from)
{
    std::unique_ptr<webhook_secrets> made(new webhook_secrets(from));
    if (from.state.key) {
        auto const key = credential::read_sealing_key(*from.state.key);
        if (!key)
            return key.error();
        made->vault_.emplace(from.state.path, *key);
    }
    if (auto const read = made->read_configured(); !read)
        return read.error();
    if (auto const filled = made->reload(); !filled)
        return filled.error();
    return made;
}

result<void> webhook_secrets::read_configured()
{
    for (auto const& one : config_.instances) {
        auto& to = configured_[one.name];
        for (auto const& reference : one.webhook_secrets) {
            auto secret = config::resolve(reference);
            if (!secret)
                return failure{secret.error().kind,
                               "instance " + one.name + ": webhook.secrets: " + secret.error().message};
            to.push_back(std::move(*secret));
        }
        if (!vault_ && hooks::secret_vault::has(config_.state.path, one.name))
            return failure{failure_kind::invalid, "instance " + one.name +
                                                      ": hooks rotate has sealed secrets; state.key, which opens them, "
                                                      "is missing"};
    }
    return {};
}

result<void> webhook_secrets::reload()
{
    for (auto const& one : config_.instances)
        if (auto const filled = fill(one); !filled)
            return filled;
    return {};
}

result<void> webhook_secrets::fill(config::instance const& one)
{
    auto const kept = vault_ ? vault_->read(one.name) : result<hooks::rotation>(hooks::rotation());
    if (!kept)
        return kept.error();
    auto texts = hooks::accepted_secrets(*kept, configured_[one.name]);
    if (auto& ring = rings_[one.name]; ring)
        ring->replace(std::move(texts));
    else
        ring = std::make_shared<flow::secret_ring>(std::move(texts));
    return {};
}

result<void> webhook_secrets::look_after(micros now)
{
    for (auto const& one : config_.instances)
        if (vault_ && hooks::secret_vault::has(config_.state.path, one.name))
            if (auto const done = look_after(one, now); !done)
                return done;
    return {};
}

result<void> webhook_secrets::look_after(config::instance const& one, micros now)
{
    auto const lock = vault_->try_lock(one.name);
    if (!lock)
        return lock.error();
    if (!*lock)
        return {};  // who holds it may be stopped; there is another turn
    auto kept = vault_->read(one.name);
    if (!kept)
        return kept.error();
    bool changed = false;
    for (auto const& each : rings_[one.name]->secrets())
        if (auto const used = each->used.load(); used != 0) {
            auto& known = kept->used[hooks::fingerprint_of(each->text)];
            changed = changed || known < used;
            known = std::max(known, used);
        }
    auto const retired = hooks::retire(*kept, configured_[one.name], one.webhook_rotate_window, now);
    if (!changed && retired == 0)
        return {};
    if (auto const written = vault_->write(one.name, *kept); !written)
        return written;
    if (retired == 0)
        return {};
    observe::info("webhook secrets have retired: nothing came by them", {{"instance", one.name}, {"count", retired}});
    rings_[one.name]->replace(hooks::accepted_secrets(*kept, configured_[one.name]));
    return {};
}

std::chrono::milliseconds webhook_secrets::interval() const
{
    auto least = interval_max;
    for (auto const& one : config_.instances)
        least = std::min(least, one.webhook_rotate_window / looks_a_window);
    return std::max(least, interval_min);
}

}  // namespace bbstream::daemon
