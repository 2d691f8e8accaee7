// Replayed events in a file of their own, replay.{time}.jsonl beside the sink's: the daemon's lines stay as they are.
// Dead letters, if there are any, go to dlq.replay.{time}.jsonl, and what is optional likewise (line_kind.hpp).
#pragma once

#include "base/file.hpp"
#include "base/time.hpp"
#include "sink/line_kind.hpp"
#include "sink/replayer.hpp"

#include <string>
#include <string_view>

namespace bbstream::sink {

class file_replayer final : public replayer {
   public:
    // `events` is the path of the sink's file, `now` names the new ones.
    file_replayer(std::string const& events, micros now);

    result<void> open() override;  // permanent: there is such a file already
    result<void> put(event::batch const& events) override;
    std::optional<event::position> refused() const override { return std::nullopt; }
    std::string place() const override { return files_[index_of(line_kind::events)].path; }

   private:
    struct file {
        std::string path;
        unique_fd opened;
        std::uint64_t length = 0;  // of whole lines that are durable
    };

    static result<void> create(file& which);
    static result<void> append(file& to, std::string_view lines);

    of_each_kind<file> files_;  // those that have no lines are never opened, but for the events'
};

}  // namespace bbstream::sink
