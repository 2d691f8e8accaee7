#include "kafka/delivery_reports.hpp"

#include "kafka/error.hpp"

#include <algorithm>
#include <cstdint>

namespace bbstream::kafka {

namespace {

// What befalls the messages behind one that failed.
bool is_consequence(rd_kafka_resp_err_t code)
{
    return code == RD_KAFKA_RESP_ERR__PURGE_QUEUE || code == RD_KAFKA_RESP_ERR__PURGE_INFLIGHT;
}

}  // namespace

void* delivery_reports::opaque_of(std::size_t event)
{
    return reinterpret_cast<void*>(static_cast<std::uintptr_t>(event + 1));
}

bool delivery_reports::failed(rd_kafka_message_t const& message)
{
    std::lock_guard const lock(mutex_);
    if (is_consequence(message.err))
        return false;
    bool const first = !summary_.error;
    if (first)
        summary_.error = message.err;
    auto const place = reinterpret_cast<std::uintptr_t>(message._private);
    if (fate_of(message.err) != fate::refused || place == 0)
        return first;
    summary_.refusal = message.err;
    std::size_t const event = place - 1;
    summary_.refused_event = std::min(summary_.refused_event.value_or(event), event);
    ++summary_.refused_events;
    return first;
}

void delivery_reports::clear()
{
    std::lock_guard const lock(mutex_);
    summary_ = {};
}

delivery_reports::summary delivery_reports::get() const
{
    std::lock_guard const lock(mutex_);
    return summary_;
}

}  // namespace bbstream::kafka
