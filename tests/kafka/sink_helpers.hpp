// What the tests of the Kafka sink have in common.
#pragma once

#include "event/batch.hpp"
#include "journal/journal.hpp"
#include "kafka/kafka_sink.hpp"
#include "support/event_batch.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace bbstream::test {

inline journal::identity const some_journal{0xab, 0xcd};

inline sink::cursor cursor_at(std::uint64_t sequence)
{
    return {some_journal, 1, sequence};
}

// One commit event of the instance `cloud` a record, keyed by repository: `repositories` of them take turns.
inline event::batch events_of(std::uint64_t first, std::uint64_t last, std::uint64_t repositories = 5,
                              std::size_t data_bytes = 10)
{
    event::batch batch;
    for (auto sequence = first; sequence <= last; ++sequence)
        append(batch, {event::topic::commit,
                       {sequence, 0},
                       "cloud:" + std::to_string(sequence % repositories),
                       sample_value(1, {sequence, 0}, std::string(data_bytes, 'x') + R"(","bbinstance":"cloud)"),
                       {}});
    return batch;
}

}  // namespace bbstream::test
