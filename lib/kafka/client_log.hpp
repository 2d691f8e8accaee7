// librdkafka's own log lines on their way to ours: few, and without secrets. One for all handles of a sink, over time.
#pragma once

#include "kafka/handles.hpp"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::kafka {

// Any thread.
class client_log {
   public:
    // Lines a minute; what is beyond is only counted. A broker that is away makes librdkafka say so several times a
    // second.
    static constexpr std::uint32_t lines_max = 20;

    // For new handles: what of each line must not be seen. Forgets the last problem.
    void begin(std::vector<std::string> secrets);

    // `level` as in syslog(3): warnings and worse are warnings of ours, the rest is for debugging.
    void write(int level, std::string_view facility, std::string_view line);

    // The last word on a connection that failed, as a reason for what fails otherwise without one; empty if none.
    std::string last_problem() const;

    std::string redacted(std::string_view text) const;

   private:
    bool take_token();

    mutable std::mutex mutex_;
    std::vector<std::string> secrets_;
    std::string last_problem_;
    std::chrono::steady_clock::time_point minute_began_;
    std::uint32_t lines_ = 0;
    std::uint64_t suppressed_ = 0;
};

}  // namespace bbstream::kafka
