// The sink `file`: CloudEvents as JSON lines in rotated files, exactly once across kill -9 and power cuts.
//
// Lines are written at once, while data and cursor become durable at most every sync interval. What lies in the files
// beyond the durable cursor is, after a kill, kept and told to the caller as `written`; after a reboot, when nobody
// knows how much of it reached the disk, cut off. What this very process wrote is kept, whatever the kernel tells of
// reboots, for it has seen none. Either way the caller repeats from the durable cursor, and a line that is already
// there is left out by its sequence. Dead letters, and what is optional, have files of their own (line_kind.hpp) under
// the same cursor. It remembers how far those go that are not wanted just now.
#pragma once

#include "config/config.hpp"
#include "sink/cursor_file.hpp"
#include "sink/line_file.hpp"
#include "sink/line_kind.hpp"
#include "sink/sink.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bbstream::sink {

// The kernel's random id of this boot; empty where it does not tell, which counts as another boot in each process.
std::string boot_id();

struct file_sink_options {
    std::string path = "events.jsonl";
    std::uint64_t size_max = 256ull << 20;
    std::uint32_t keep = 0;
    std::chrono::milliseconds sync_interval{1'000};
    std::uint64_t sync_bytes = 64ull << 20;
    std::string boot = boot_id();
    event::topic_set topics = event::usual_topics();
};

file_sink_options options_of(config::sink const& from, event::topic_set const& topics);

class file_sink final : public sink {
   public:
    explicit file_sink(file_sink_options options);

    // permanent: another process writes the files, or they are not those that the cursor knows.
    result<stored_cursor> open() override;
    result<void> publish(event::batch const& events, cursor const& next) override;
    std::uint64_t durable_through(cursor const& published) const override;
    result<void> flush() override;
    std::optional<event::position> refused() const override { return std::nullopt; }

   private:
    struct lines {
        line_kind kind;
        line_file file;
        std::optional<mark> published{};  // the last one that publish() has reported as done by this process
    };

    result<void> read_cursor();
    result<void> publish_lines(event::batch const& events, cursor const& next);
    result<void> write(event::batch const& events, std::uint32_t epoch, lines& to);
    result<void> begin_epoch(event::batch const& events, cursor const& next);
    result<void> rotate(line_file& full);
    result<void> save(cursor const& published);
    bool trusts_what_is_beyond(file_cursor const& durable) const;
    bool reaches(cursor const& published) const;

    file_sink_options const options_;
    cursor_file cursor_file_;
    std::vector<lines> files_;  // in the order in which they are written

    std::optional<file_cursor> durable_;  // what a power cut leaves
    std::optional<cursor> published_;     // what publish() has reported as done by this process
    std::chrono::steady_clock::time_point last_sync_;
    bool owned_ = false;   // open() has worked once: what lies beyond durable_ since then, this process wrote
    bool usable_ = false;  // open() worked and nothing has failed since
};

}  // namespace bbstream::sink
