#include "flow/refold.hpp"

#include <utility>

namespace bbstream::flow {

namespace {

constexpr std::size_t read_bytes_max = 1024 * 1024;

}  // namespace

refold::refold(journal::stored_log& from, state::state& state, event::encoding how, std::uint64_t after,
               std::uint64_t last, event::event_choice wanted)
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
        event::encode_record(fold_.apply(record), how_, now_micros(), events, wanted_);
        position_ = record.sequence;
    }
    return true;
}

}  // namespace bbstream::flow
