// The running daemon: it owns everything. Members stand in the order of the start; the stop goes the other way.
#pragma once

#include "backfill/polling.hpp"
#include "base/failure.hpp"
#include "base/file.hpp"
#include "config/config.hpp"
#include "daemon/admin.hpp"
#include "daemon/health.hpp"
#include "daemon/journal_probe.hpp"
#include "daemon/notify.hpp"
#include "daemon/signals.hpp"
#include "daemon/webhook_secrets.hpp"
#include "flow/journal_end.hpp"
#include "flow/publish.hpp"
#include "http/server.hpp"
#include "journal/segmented_log.hpp"
#include "observe/metrics.hpp"
#include "sink/sink.hpp"
#include "state/checkpoints.hpp"
#include "state/state.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace bbstream::daemon {

class application {
   public:
    // `take_over`: instances that another node serves become this one's.
    application(config::config configuration, bool take_over);
    ~application();

    // Starts everything in order and returns when it listens. Errors: what the operator must mend, one line.
    result<void> start();

    // Serves until SIGTERM, SIGINT or a failure that ends the process; then stops everything in order.
    // Errors: that failure.
    result<void> run();

   private:
    result<void> open_journal();
    result<void> open_state();
    void note_journal_end();
    result<void> start_publishing();
    result<void> start_listening();
    void make_polling();
    result<void> start_polling();
    result<void> start_admin();
    void feed_watchdog();
    void reload_certificate();
    admin_answer reload_secrets();
    admin_answer with_polling(std::function<admin_answer(backfill::polling&)> const& act);
    void keep_age_of_secrets();
    void look_after_secrets();
    void begin_stop();
    void stop_everything();
    void end_for(std::string why);
    daemon_view view() const;

    config::config const config_;
    bool const take_over_;
    boost::asio::io_context io_{1};
    observe::metrics metrics_;
    journal_probe journal_probe_;
    health health_;
    service_notifier notifier_;

    std::unique_ptr<journal::segmented_log> journal_;
    unique_fd state_lock_;
    std::unique_ptr<flow::journal_end> journal_end_;
    std::unique_ptr<state::state> state_;
    std::unique_ptr<state::checkpoints> checkpoints_;
    std::unique_ptr<sink::sink> sink_;
    std::unique_ptr<backfill::polling> polling_;
    std::unique_ptr<flow::publisher> publisher_;
    std::unique_ptr<webhook_secrets> secrets_;
    std::unique_ptr<http::server> server_;
    std::unique_ptr<admin_listener> admin_;
    std::unique_ptr<signals> signals_;
    boost::asio::steady_timer watchdog_timer_{io_};
    boost::asio::steady_timer secrets_timer_{io_};

    bool stopping_ = false;  // of the main thread
    std::thread stopper_;
    std::mutex mutex_;
    std::string ended_for_;  // the failure that ends the process
};

}  // namespace bbstream::daemon
