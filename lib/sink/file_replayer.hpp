// Replayed events in a file of their own, replay.{time}.jsonl beside the sink's: the daemon's lines stay as they are.
#pragma once

#include "base/file.hpp"
#include "base/time.hpp"
#include "sink/replayer.hpp"

#include <string>

namespace bbstream::sink {

class file_replayer final : public replayer {
   public:
    // `events` is the path of the sink's file, `now` names the new one.
    file_replayer(std::string const& events, micros now);

    result<void> open() override;  // permanent: there is such a file already
    result<void> put(event::batch const& events) override;
    std::string place() const override { return path_; }

   private:
    std::string const path_;
    unique_fd file_;
};

}  // namespace bbstream::sink
