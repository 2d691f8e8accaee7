#include "flow/refold.hpp"

#include <utility>

namespace bbstream::flow {

namespace {

constexpr std::size_t read_bytes_max = 1024 * 1024;

}  // namespace

refold::refold(journal::stored_log& from, state::state& state, event::encoding how, std::uint64_t after,
               std::uint64_t last, std::function<bool(event::event const&)> wanted)
    : from_(from), fold_(state), how_(how), position_(after), last_(last), wanted_(std::move(wanted))
{
}

result<bool> refold::next(event::batch& events)
{
    events.clear();
    if (position_ >= last_)
        return false;
    auto const read = from_.read_after(position_, read_bytes_max);
    if (!read)
        return read.error();
    if (read->records.empty())
        return failure{failure_kind::corrupt, "record " + std::to_string(position_ + 1) + " is not in the journal"};
    for (auto const& record : read->records) {
        if (record.sequence > last_)
            break;
        for (auto const& each : fold_.apply(record))
            if (event::holds(how_.topics, event::topic_of(each.type)) && (!wanted_ || wanted_(each)))
                event::encode(each, how_, now_micros(), events);
        position_ = record.sequence;
    }
    return true;
}

}  // namespace bbstream::flow
