#include "daemon/application.hpp"

#include "base/file.hpp"
#include "base/file_lock.hpp"
#include "base/hex.hpp"
#include "config/secret.hpp"
#include "daemon/action_words.hpp"
#include "daemon/backfill_actions.hpp"
#include "daemon/leave_action.hpp"
#include "daemon/sinks.hpp"
#include "flow/receive.hpp"
#include "observe/log.hpp"

#include <boost/asio/post.hpp>

#include <malloc.h>
#include <sys/resource.h>

#include <system_error>
#include <utility>

namespace bbstream::daemon {

namespace {

constexpr std::chrono::milliseconds request_grace{8'000};   // at the stop: requests in progress
constexpr std::chrono::milliseconds drain_timeout{10'000};  // at the stop: what the journal still holds
constexpr std::chrono::seconds watchdog_interval_max{1};    // so that a part that hangs is seen at once

bool is_polled(config::config const& from, config::instance const& which)
{
    return from.backfill.enabled && which.auth;
}

std::vector<flow::webhook> webhooks_of(config::config const& from, webhook_secrets const& secrets)
{
    std::vector<flow::webhook> webhooks;
    for (auto const& instance : from.instances)
        webhooks.push_back({instance.name,
                            instance.platform,
                            instance.webhook_path,
                            {},
                            instance.webhook_allow_unsigned,
                            secrets.ring_of(instance.name),
                            is_polled(from, instance)});
    return webhooks;
}

// A connection is a descriptor, and the journal must not run out of them before connections_max is reached.
void raise_descriptor_limit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

// Buffers from this size on go back to the system when they are freed. Unless it is set, glibc raises the threshold to
// the largest that came and went (mallopt(3)), and what a backlog needed once would stay resident.
void give_back_large_buffers()
{
    ::mallopt(M_MMAP_THRESHOLD, 128 * 1024);
}

admin_answer stopping_answer(unsigned status)
{
    return {status, R"({"status":"stopping"})"};
}

// Who expects what Bitbucket fails to deliver to be fetched shall know where it is not.
void say_what_is_not_polled(config::config const& from)
{
    for (auto const& instance : from.instances)
        if (!is_polled(from, instance))
            observe::info("not polled: what Bitbucket fails to deliver is not fetched",
                          {{"instance", instance.name},
                           {"why", from.backfill.enabled ? "it has no auth" : "backfill.enabled is false"}});
}

void say_what_was_loaded(state::load_report const& report, std::uint64_t applied)
{
    for (std::size_t shard = 0; shard < report.shards.size(); ++shard)
        if (auto const& each = report.shards[shard]; !each.why.empty())
            observe::warn("a checkpoint of the state can't be used: its shard is folded again from the journal",
                          {{"shard", shard}, {"why", each.why}});
    observe::info("state loaded", {{"shards", report.count(state::shard_outcome::loaded)}, {"applied", applied}});
}

}  // namespace

application::application(config::config configuration, bool take_over)
    : config_(std::move(configuration)), take_over_(take_over), journal_probe_(metrics_), health_(metrics_)
{
}

application::~application()
{
    if (!stopping_)
        stop_everything();
}

result<void> application::start()
{
    ignore_broken_pipes();
    raise_descriptor_limit();
    give_back_large_buffers();
    for (auto const step : {&application::open_journal, &application::open_state, &application::start_publishing,
                            &application::start_listening, &application::start_polling, &application::start_admin})
        if (auto const done = (this->*step)(); !done)
            return done;
    signals_ = std::make_unique<signals>(
        io_,
        [this](int number) {
            observe::info("stopping: requests in progress are finished, then what the journal holds is published",
                          {{"signal", number}});
            begin_stop();
        },
        [this] { reload_certificate(); });
    return {};
}

result<void> application::open_journal()
{
    journal::log_options options;
    options.path = config_.journal.path;
    options.writer.limits.size_max = config_.journal.size_max;
    options.writer.retention = config_.journal.retention;
    options.writer.log = [](std::string_view line) { observe::warn(line); };
    options.writer.written = [this](double seconds, std::size_t records, std::size_t bytes) {
        journal_probe_.written(seconds, records, bytes);
    };
    options.turned_away = [this](journal::append_status why, std::size_t requests) {
        journal_probe_.turned_away(why, requests);
    };
    auto opened = journal::segmented_log::open(std::move(options));
    if (!opened)
        return opened.error();
    journal_ = std::move(*opened);
    auto const status = journal_->status();
    observe::info("journal open", {{"path", config_.journal.path},
                                   {"identity", to_hex(status.identity)},
                                   {"first", status.first},
                                   {"last", status.last}});
    return {};
}

result<void> application::open_state()
{
    if (auto const made = make_directories(config_.state.path); !made)
        return made;
    auto locked = try_lock_file(config_.state.path + "/state.lock");
    if (locked && !*locked)
        return failure{failure_kind::unavailable, "the state " + config_.state.path + " is in use by another process"};
    if (locked)
        state_lock_ = std::move(*locked);
    else  // as with all that can't be written there
        observe::warn("the state can't be locked", {{"error", locked.error().message}});
    state_ = std::make_unique<state::state>(config_.state.size_max);
    checkpoints_ = std::make_unique<state::checkpoints>(config_.state.path, journal_->status().identity);
    auto const loaded = checkpoints_->load(*state_);
    if (!loaded)
        return loaded.error();
    say_what_was_loaded(*loaded, checkpoints_->lowest_applied());
    note_journal_end();
    return {};
}

// Webhooks are taken all the same where it can't be noted, on a full disk: it counts for this start then.
void application::note_journal_end()
{
    auto const journal = journal_->status();
    journal_end_ = std::make_unique<flow::journal_end>(config_.state.path, journal.identity);
    if (auto const noted = journal_end_->note(journal.last, checkpoints_->highest_applied()); !noted)
        observe::warn("where the journal ends can't be noted", {{"error", noted.error().message}});
}

result<void> application::start_publishing()
{
    sink_ = make_sink(config_, take_over_, journal_->status().identity);
    make_polling();
    auto options = folding_options_for(config_);
    options.missing_seen = [this](std::string_view instance, std::string_view repository) {
        polling_->note_missing(instance, repository);
    };
    publisher_ =
        std::make_unique<flow::publisher>(*journal_, *journal_end_, *state_, *checkpoints_, *sink_, metrics_,
                                          std::move(options), [this](std::string why) { end_for(std::move(why)); });
    publisher_->start();
    return {};
}

result<void> application::start_listening()
{
    auto secrets = webhook_secrets::load(config_);
    if (!secrets)
        return secrets.error();
    secrets_ = std::move(*secrets);
    auto receiver = flow::make_receiver(webhooks_of(config_, *secrets_), *journal_, metrics_);
    if (!receiver)
        return receiver.error();
    server_ = std::make_unique<http::server>(config_.ingest, std::move(*receiver), metrics_);
    if (auto const started = server_->start(); !started)
        return started;
    observe::info("receiving webhooks", {{"listen", config_.ingest.listen},
                                         {"port", server_->port()},
                                         {"tls", config_.ingest.tls.enabled ? "on" : "off"},
                                         {"instances", config_.instances.size()}});
    look_after_secrets();
    return {};
}

// Before folding, which tells it of gaps; it begins once webhooks are listened to.
void application::make_polling()
{
    say_what_is_not_polled(config_);
    polling_ = std::make_unique<backfill::polling>(
        config_, *journal_,
        [this](std::uint64_t after, flow::inquiries::question what) { publisher_->ask(after, std::move(what)); },
        [this] {
            auto const published = publisher_->status();
            return backfill::pressure{
                journal_->status(),  published.applied,        published.folded_received,         now_micros(),
                published.committed, config_.journal.size_max, config_.backfill.journal_share_max};
        },
        metrics_);
}

result<void> application::start_polling()
{
    polling_->start();
    return {};
}

result<void> application::start_admin()
{
    std::string token;
    if (config_.admin.token) {
        auto resolved = config::resolve(*config_.admin.token);
        if (!resolved)
            return failure{resolved.error().kind, "admin.token: " + resolved.error().message};
        token = std::move(*resolved);
    }
    auto opened = admin_listener::open(
        io_, config_.admin.listen, std::move(token),
        {[this] { return stopping_ ? stopping_answer(200) : health_.livez(view()); },
         [this] { return stopping_ ? stopping_answer(503) : health_.readyz(view()); },
         [this] { return health_.metrics_text(view()); }, [this](std::string_view) { return reload_secrets(); },
         [this](std::string_view target) {
             return with_polling([&](auto& with) { return begin_backfill(with, target); });
         },
         [this](std::string_view target) {
             return with_polling([&](auto& with) { return backfill_progress(with, target); });
         },
         [this](std::string_view target) {
             return with_polling([&](auto& with) { return give_leave(with, target); });
         }});
    if (!opened)
        return opened.error();
    admin_ = std::move(*opened);
    observe::info("admin listener open", {{"listen", config_.admin.listen}, {"port", admin_->port()}});
    return {};
}

result<void> application::run()
{
    notifier_.ready("receiving webhooks");
    feed_watchdog();
    io_.run();
    if (stopper_.joinable())
        stopper_.join();
    std::lock_guard const lock(mutex_);
    if (!ended_for_.empty())
        return failure{failure_kind::permanent, ended_for_};
    return {};
}

// The service manager's watchdog is fed only while the parts turn.
void application::feed_watchdog()
{
    auto const wanted = notifier_.watchdog_interval();
    if (!wanted)
        return;
    if (stopping_ || health_.livez(view()).status == 200)
        notifier_.watchdog();
    watchdog_timer_.expires_after(std::min<std::chrono::microseconds>(*wanted, watchdog_interval_max));
    watchdog_timer_.async_wait([this](boost::system::error_code error) {
        if (!error)
            feed_watchdog();
    });
}

// What a rotation has made is accepted from now on: hooks rotate waits for this answer.
admin_answer application::reload_secrets()
{
    if (auto const reloaded = secrets_->reload(); !reloaded) {
        observe::error("webhook secrets can't be read again; the former ones stay in use",
                       {{"error", reloaded.error().message}});
        return {503, R"({"status":"failed"})"};
    }
    observe::info("webhook secrets read again");
    return {200, R"({"status":"reloaded"})"};
}

admin_answer application::with_polling(std::function<admin_answer(backfill::polling&)> const& act)
{
    if (stopping_)
        return refused(503, "the daemon is stopping");
    if (!config_.backfill.enabled)
        return refused(404, "backfill.enabled is false");
    return act(*polling_);
}

void application::keep_age_of_secrets()
{
    if (!secrets_)
        return;
    if (auto const done = secrets_->look_after(now_micros()); !done)
        observe::warn("the age of webhook secrets can't be kept", {{"error", done.error().message}});
}

void application::look_after_secrets()
{
    keep_age_of_secrets();
    secrets_timer_.expires_after(secrets_->interval());
    secrets_timer_.async_wait([this](boost::system::error_code error) {
        if (!error && !stopping_)
            look_after_secrets();
    });
}

void application::reload_certificate()
{
    if (auto const reloaded = server_->reload_certificate(); !reloaded)
        observe::error("the certificate can't be read again; the former one stays in use",
                       {{"error", reloaded.error().message}});
    else
        observe::info("certificate read again");
}

// On a thread of its own, if there is one, so that signals, probes and the watchdog are still looked after.
void application::begin_stop()
{
    if (std::exchange(stopping_, true))
        return;
    notifier_.stopping("finishing requests");
    keep_age_of_secrets();
    try {
        stopper_ = std::thread([this] { stop_everything(); });
    } catch (std::system_error const&) {
        stop_everything();  // there are no more threads
    }
}

// Stop accepting, finish requests, flush; the journal closes last, when its owner goes.
void application::stop_everything()
{
    if (server_)
        server_->stop(request_grace);
    if (publisher_) {
        if (polling_)
            polling_->stop();
        publisher_->stop(drain_timeout);
        observe::info("stopped",
                      {{"journal_last", journal_->status().last}, {"published", publisher_->status().committed}});
    }
    io_.stop();
}

// Any thread: what can't be mended by trying again ends the process; what is in the journal is safe.
void application::end_for(std::string why)
{
    std::lock_guard const lock(mutex_);
    if (ended_for_.empty())
        ended_for_ = std::move(why);
    boost::asio::post(io_, [this] { begin_stop(); });
}

daemon_view application::view() const
{
    return {*journal_, *publisher_, *server_, *polling_};
}

}  // namespace bbstream::daemon
