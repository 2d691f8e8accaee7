// Bounds in time of what speaking to Kafka can take.
#pragma once

#include <chrono>

namespace bbstream::kafka {

struct timeouts {
    std::chrono::milliseconds topics{15'000};         // finding and creating them
    std::chrono::milliseconds topic_settings{5'000};  // reading what can do without
    std::chrono::milliseconds init_transactions{30'000};
    std::chrono::milliseconds read_cursor{75'000};     // another node's transaction may be open for 60 s
    std::chrono::milliseconds publish{30'000};         // handing a batch over, then committing it
    std::chrono::milliseconds watchdog_margin{5'000};  // what a call of librdkafka may take beyond its own timeout
    std::chrono::milliseconds recheck{60'000};         // between looks whether what was published shows
    std::chrono::milliseconds close{5'000};            // at the end: what handles may take to go
};

}  // namespace bbstream::kafka
