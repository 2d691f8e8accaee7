// Intrusive lists both ways.
#include "flow/append_bridge.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>

#include <thread>
#include <utility>

namespace bbstream::flow {

template <class Handler>
struct append_bridge::waiting_handler final : waiter {
    explicit waiting_handler(Handler handler) : handler(std::move(handler)) {}
    void resume() override
    {
        auto ready = std::move(handler);
        delete this;
        std::move(ready)();
    }
    Handler handler;
};

append_bridge::append_bridge(net::executor on, journal::journal& to) : on_(on), to_(to) {}

append_bridge::~append_bridge()
{
    // The last batch may have been resumed before the journal's thread has left completed().
    while (completing_.load(std::memory_order_acquire) != 0)
        std::this_thread::yield();
}

net::task<append_bridge::outcome> append_bridge::append(journal::record record)
{
    pending one;
    one.record = record;
    auto const initiate = [this, &one](auto handler) {
        one.waiter = std::make_unique<waiting_handler<decltype(handler)>>(std::move(handler));
        collect(one);
    };
    constexpr boost::asio::use_awaitable_t<net::executor> token;
    co_await boost::asio::async_initiate<decltype(token), void()>(initiate, token);
    co_return outcome{one.status, one.record.sequence};
}

void append_bridge::collect(pending& one)
{
    one.next = nullptr;
    if (collected_last_)
        collected_last_->next = &one;
    else
        collected_first_ = &one;
    collected_last_ = &one;
    // What is posted runs after all that is ready in this turn of the event loop.
    if (collected_first_ == &one)
        boost::asio::post(on_, [this] { hand_over(); });
}

void append_bridge::hand_over()
{
    collected_last_ = nullptr;
    to_.append(std::exchange(collected_first_, nullptr), *this);
}

void append_bridge::completed(journal::append_request* first) noexcept
{
    completing_.fetch_add(1, std::memory_order_relaxed);
    auto* last = first;
    while (last->next)
        last = last->next;
    auto* before = completed_.load(std::memory_order_relaxed);
    do
        last->next = before;
    while (!completed_.compare_exchange_weak(before, first, std::memory_order_release, std::memory_order_relaxed));
    if (!before)
        boost::asio::post(on_, [this] { resume_completed(); });
    completing_.fetch_sub(1, std::memory_order_release);
}

void append_bridge::resume_completed()
{
    auto* next = completed_.exchange(nullptr, std::memory_order_acquire);
    while (next) {
        auto* const one = static_cast<pending*>(next);
        next = one->next;
        one->waiter.release()->resume();
    }
}

}  // namespace bbstream::flow
