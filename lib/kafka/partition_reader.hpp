// One partition, from its beginning to its end or in part, through a consumer.
#pragma once

#include "base/failure.hpp"
#include "kafka/client.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace bbstream::kafka {

// Its end is where it ended when reading began, be what lies there committed or not: a read_committed consumer waits
// for transactions that are open in the partition, since what is committed behind them does not show before.
class partition_reader {
   public:
    // A handle can read a partition once at a time, and the client must outlive it.
    partition_reader(client& through, std::string topic, std::int32_t partition);
    partition_reader(partition_reader const&) = delete;
    partition_reader& operator=(partition_reader const&) = delete;
    ~partition_reader();

    result<void> start();
    // What lies between two offsets, the second one excluded.
    result<void> start(std::int64_t begin, std::int64_t end);
    // The next message, or nothing at the end. Errors: unavailable: the deadline has come before either; permanent.
    result<message_handle> next(std::chrono::steady_clock::time_point deadline);

   private:
    bool is_at_end(std::int64_t offset);
    std::string reason() const;

    client& through_;
    std::string const name_;
    std::int32_t const partition_;
    rd_kafka_topic_t* const topic_;
    bool started_ = false;
    bool ended_ = false;
    std::int64_t end_ = -1;  // unknown before the first look
};

}  // namespace bbstream::kafka
