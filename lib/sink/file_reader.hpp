// The file sink's events read back: lines of rotated files, and the cursor beside them.
#pragma once

#include "config/config.hpp"
#include "sink/line_follower.hpp"
#include "sink/reader.hpp"

#include <optional>
#include <string>
#include <vector>

namespace bbstream::sink {

class file_reader final : public reader {
   public:
    file_reader(config::sink const& from, event::topic_set const& topics);

    result<stored_cursor> open() override;
    std::vector<source> const& sources() const override { return sources_; }
    result<std::optional<read_event>> next(std::size_t source) override;

   private:
    struct lines {
        line_follower follower;
        std::string line;
    };

    static std::optional<mark> oldest_mark(std::string const& path);

    std::string const path_;
    event::topic_set const topics_;
    std::vector<source> sources_;
    std::vector<lines> lines_;  // one a source
};

}  // namespace bbstream::sink
