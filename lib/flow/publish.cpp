#include "flow/publish.hpp"

#include "base/thread.hpp"

#include <utility>

namespace bbstream::flow {

publisher::publisher(journal::journal& from, journal_end& end, state::state& state, state::checkpoints& checkpoints,
                     sink::sink& to, observe::metrics& metrics, folding_options options,
                     std::function<void(std::string)> fatal)
    : fatal_(std::move(fatal)),
      probe_(metrics),
      gaps_(metrics),
      delivery_(to, handover_, probe_),
      folding_(from, end, state, checkpoints, handover_, delivery_, probe_, gaps_, std::move(options)),
      journal_(from)
{
}

publisher::~publisher()
{
    stop(std::chrono::milliseconds(0));
}

void publisher::start()
{
    // What is journaled can wait; who waits for an answer may not deliver again.
    delivery_thread_ = std::jthread([this](std::stop_token stop) {
        present_thread("delivery", urgency::patient);
        run_delivery(std::move(stop));
    });
    folding_thread_ = std::jthread([this](std::stop_token stop) {
        present_thread("folding", urgency::patient);
        run_folding(std::move(stop));
    });
}

void publisher::stop(std::chrono::milliseconds drain_timeout)
{
    if (!folding_thread_.joinable())
        return;
    folding_thread_.request_stop();
    journal_.wake();
    {
        std::unique_lock lock(mutex_);
        ended_.wait_for(lock, drain_timeout, [this] { return folding_ended_ && delivery_ended_; });
    }
    delivery_thread_.request_stop();
    handover_.close();
    delivery_thread_.join();
    folding_thread_.join();
    folding_.checkpoint_all();
}

void publisher::ask(std::uint64_t after, inquiries::question what)
{
    folding_.questions().ask(after, std::move(what));
    journal_.wake();
}

publish_status publisher::status() const
{
    return {folding_.applied(), folding_.folded_received(), delivery_.committed(), delivery_.trouble()};
}

void publisher::run_folding(std::stop_token stop)
{
    folding_.run(std::move(stop), fatal_);
    std::lock_guard const lock(mutex_);
    folding_ended_ = true;
    ended_.notify_all();
}

void publisher::run_delivery(std::stop_token stop)
{
    delivery_.run(std::move(stop), fatal_);
    std::lock_guard const lock(mutex_);
    delivery_ended_ = true;
    ended_.notify_all();
}

}  // namespace bbstream::flow
