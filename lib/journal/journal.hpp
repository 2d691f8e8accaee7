// The journal's role: the only place where receiving and publishing meet.
//
// One implementation is the segmented log beside this file; another could be a Kafka topic. Appending is asynchronous
// and durable before it completes; reading is blocking and belongs to the publisher's thread.
#pragma once

#include "base/failure.hpp"
#include "journal/record.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace bbstream::journal {

// Random; made with the journal. Another identity means another log, whose sequences say nothing about the old one.
using identity = std::array<unsigned char, 16>;

enum class append_status : std::uint8_t {
    durable,     // on disk; `record.sequence` is set
    overloaded,  // the backlog is at its bound: try again later
    refused,     // the disk is full or failing: try again later
    closed,      // the journal is closing
};

// One record that waits to be durable. Owned by the caller, who keeps it and what its record's views point to alive
// and unmoved until it comes back. Intrusive, so that neither side allocates.
struct append_request {
    journal::record record;
    append_status status = append_status::refused;
    append_request* next = nullptr;
};

// Where completions go back to: one a reactor. Called once a batch with all of this port's requests of that batch,
// linked by `next`, on the journal's thread: it must only hand them over and wake its reactor.
class append_port {
   public:
    virtual void completed(append_request* first) noexcept = 0;

   protected:
    ~append_port() = default;
};

// Records in order of sequence; `bytes` keeps alive what they point to.
struct read_batch {
    std::vector<record> records;
    std::shared_ptr<void const> bytes;
};

struct journal_status {
    journal::identity identity{};
    std::uint64_t first = 0;     // lowest sequence that can be read; last + 1 when there is none
    std::uint64_t last = 0;      // highest durable sequence; 0 when nothing was ever written
    std::uint64_t released = 0;  // published and applied through here
    std::uint64_t bytes = 0;     // on disk
    std::uint64_t segments = 0;
    bool writable = true;  // false while the disk refuses
    bool turning = true;   // false when the writer thread has not moved for longer than it should
};

class journal {
   public:
    virtual ~journal() = default;

    // Takes a list of requests linked by `next`. All come back through the port, exactly once, in any outcome. Any
    // thread.
    virtual void append(append_request* first, append_port& port) = 0;

    // The records after `after`, about bytes_max of them but at least one if there is one, else an empty batch.
    // Errors: corrupt (names segment and offset), io, invalid when `after` + 1 has been trimmed.
    virtual result<read_batch> read_after(std::uint64_t after, std::size_t bytes_max) = 0;

    // Blocks until a sequence beyond `after` is durable (true), or the time is over or wake() was called (false).
    virtual bool wait_beyond(std::uint64_t after, std::chrono::milliseconds at_most) = 0;
    virtual void wake() = 0;

    // Everything through this sequence is published and in checkpoints: it may go once retention allows.
    virtual void release(std::uint64_t through) = 0;

    virtual journal_status status() const = 0;
};

}  // namespace bbstream::journal
