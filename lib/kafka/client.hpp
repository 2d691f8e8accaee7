// A librdkafka handle that can be left behind when a call on it does not come back.
//
// librdkafka's transactional calls can block past their own timeouts, and destroying a handle can take as long as it
// likes. So such calls run on a thread of the handle's own; who waits for one waits until a deadline. Past it the
// handle is abandoned: its thread ends it once the call returns, if ever.
#pragma once

#include "base/failure.hpp"
#include "kafka/client_log.hpp"
#include "kafka/handles.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace bbstream::kafka {

// How many handles are alive, those included that were left behind; shared by all handles of a sink.
using handle_count = std::shared_ptr<std::atomic<int>>;
inline constexpr int handles_max = 16;

// Gets the events that were not delivered. Called on the thread that polls or flushes.
class delivery_listener {
   public:
    // True if the messages behind it are to be dropped.
    virtual bool failed(rd_kafka_message_t const& message) = 0;
    virtual ~delivery_listener() = default;
};

class client {
   public:
    // The listener may be nothing. Errors: permanent, if librdkafka does not accept the configuration; unavailable, if
    // too many handles that were left behind have not come back.
    static result<std::unique_ptr<client>> make(rd_kafka_type_t type, conf_handle conf, std::shared_ptr<client_log> log,
                                                std::shared_ptr<delivery_listener> listener, handle_count count);
    client(client const&) = delete;
    client& operator=(client const&) = delete;
    // Leaves the rest to the handle's thread, at once.
    ~client();

    rd_kafka_t* get() const;
    client_log const& log() const;

    // A topic of this handle, made once; nothing only if its name is not valid.
    rd_kafka_topic_t* topic(std::string const& name);

    // Runs a call on the handle's thread. False: it, or one before it, did not come back in time; then what the call
    // refers to must live on, so it should own all of it.
    bool run(std::chrono::milliseconds at_most, std::function<void(rd_kafka_t*)> call);

   private:
    struct state;
    explicit client(std::shared_ptr<state> state) : state_(std::move(state)) {}

    std::shared_ptr<state> state_;
};

// Waits until all handles are gone, or the time is over.
void wait_for_handles(handle_count const& count, std::chrono::milliseconds at_most);

}  // namespace bbstream::kafka
