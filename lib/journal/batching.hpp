// From lists of requests to batches, and back to their ports.
#pragma once

#include "journal/batch_writer.hpp"

#include <optional>
#include <vector>

namespace bbstream::journal {

// A batch is closed once its records have this many bytes.
inline constexpr std::size_t batch_bytes_target = 1u << 20;
// A list up to this is durable as a whole or not at all; a larger one may take several frames.
inline constexpr std::size_t atomic_bytes_max = 16u << 20;

// Counts what is linked from `first`. Nothing when a record does not fit the format.
std::optional<request_list> measure(append_request* first, append_port& port);

// Moves lists from waiting[position] on into `batch`, and `position` past them: at least one list, or a piece of one
// that is too large.
void take_batch(std::vector<request_list>& waiting, std::size_t& position, std::vector<request_list>& batch);

// One call of each port with all of its requests, in order. The lists are linked to each other for it.
void give_back(std::vector<request_list>& batch);

}  // namespace bbstream::journal
