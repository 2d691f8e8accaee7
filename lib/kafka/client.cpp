#include "kafka/client.hpp"

#include <condition_variable>
#include <map>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace bbstream::kafka {

namespace {

constexpr int purge_all = RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT | RD_KAFKA_PURGE_F_NON_BLOCKING;

// What librdkafka's callbacks get as their opaque pointer.
struct callback_context {
    std::shared_ptr<client_log> log;
    std::shared_ptr<delivery_listener> listener;
};

void on_log(rd_kafka_t const* handle, int level, char const* facility, char const* line)
{
    if (auto* const context = static_cast<callback_context*>(rd_kafka_opaque(handle)))
        context->log->write(level, facility, line);
}

// After one failure no other message is wanted either. Were they left in the queue of a transaction that has failed,
// or did they come back there from their flight, its commit would wait for them to the end of its time.
void on_delivery(rd_kafka_t* handle, rd_kafka_message_t const* message, void* opaque)
{
    auto* const context = static_cast<callback_context*>(opaque);
    if (!context->listener || message->err == RD_KAFKA_RESP_ERR_NO_ERROR)
        return;
    if (context->listener->failed(*message))
        rd_kafka_purge(handle, purge_all);
}

}  // namespace

struct client::state {
    rd_kafka_t* handle = nullptr;
    rd_kafka_type_t type = RD_KAFKA_PRODUCER;
    std::map<std::string, rd_kafka_topic_t*> topics;
    callback_context context;
    handle_count count;

    std::mutex mutex;
    std::condition_variable changed;
    std::function<void(rd_kafka_t*)> call;  // waits or runs
    bool hangs = false;
    bool closing = false;

    void serve();
    void destroy();
};

// The handle's thread. A call that hangs keeps it, and with it all that the handle needs.
void client::state::serve()
{
    std::unique_lock lock(mutex);
    for (;;) {
        changed.wait(lock, [this] { return call || closing; });
        if (!call)
            break;
        lock.unlock();
        call(handle);
        lock.lock();
        call = nullptr;
        changed.notify_all();
    }
    lock.unlock();
    destroy();
}

void client::state::destroy()
{
    if (type == RD_KAFKA_PRODUCER)
        rd_kafka_purge(handle, purge_all);
    for (auto const& [name, topic] : topics)
        rd_kafka_topic_destroy(topic);
    rd_kafka_destroy(handle);
    count->fetch_sub(1);
}

result<std::unique_ptr<client>> client::make(rd_kafka_type_t type, conf_handle conf, std::shared_ptr<client_log> log,
                                             std::shared_ptr<delivery_listener> listener, handle_count count)
{
    if (count->fetch_add(1) >= handles_max) {
        count->fetch_sub(1);
        return failure{failure_kind::unavailable,
                       std::to_string(handles_max) + " handles of librdkafka hang; no more are made until one is back"};
    }
    auto made = std::make_shared<state>();
    made->type = type;
    made->context = {std::move(log), std::move(listener)};
    made->count = std::move(count);
    rd_kafka_conf_set_opaque(conf.get(), &made->context);
    rd_kafka_conf_set_log_cb(conf.get(), on_log);
    rd_kafka_conf_enable_sasl_queue(conf.get(), 1);
    if (type == RD_KAFKA_PRODUCER)
        rd_kafka_conf_set_dr_msg_cb(conf.get(), on_delivery);
    char why[512] = {};
    made->handle = rd_kafka_new(type, conf.get(), why, sizeof why);
    if (made->handle == nullptr) {
        made->count->fetch_sub(1);
        return failure{failure_kind::permanent, "librdkafka: " + made->context.log->redacted(why)};
    }
    conf.release();  // the handle's now
    // OAuth tokens are fetched on a thread of librdkafka's: nobody polls while nothing is published.
    error_handle const not_needed(rd_kafka_sasl_background_callbacks_enable(made->handle));
    try {
        std::thread([made] { made->serve(); }).detach();
    } catch (std::system_error const& error) {
        made->destroy();
        return failure{failure_kind::unavailable, std::string("a thread for librdkafka: ") + error.what()};
    }
    return std::unique_ptr<client>(new client(std::move(made)));
}

client::~client()
{
    std::lock_guard const lock(state_->mutex);
    state_->closing = true;
    state_->changed.notify_all();
}

rd_kafka_t* client::get() const
{
    return state_->handle;
}

client_log const& client::log() const
{
    return *state_->context.log;
}

rd_kafka_topic_t* client::topic(std::string const& name)
{
    auto& topic = state_->topics[name];
    if (topic == nullptr)
        topic = rd_kafka_topic_new(state_->handle, name.c_str(), nullptr);
    return topic;
}

bool client::run(std::chrono::milliseconds at_most, std::function<void(rd_kafka_t*)> call)
{
    std::unique_lock lock(state_->mutex);
    if (state_->hangs)
        return false;
    state_->call = std::move(call);
    state_->changed.notify_all();
    state_->hangs = !state_->changed.wait_for(lock, at_most, [this] { return !state_->call; });
    return !state_->hangs;
}

void wait_for_handles(handle_count const& count, std::chrono::milliseconds at_most)
{
    constexpr std::chrono::milliseconds step{5};
    for (auto left = at_most; count->load() > 0 && left.count() > 0; left -= step)
        std::this_thread::sleep_for(step);
}

}  // namespace bbstream::kafka
