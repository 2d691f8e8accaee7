// A publisher in small: it gives a fixed story of events to a file sink as flow::delivery would, over every failure,
// and knows what the files must hold in the end.
#pragma once

#include "sink/file_sink.hpp"

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace bbstream::test {

// What the publisher was told; it lies in shared memory, so that it outlives a killed process.
struct told {
    std::uint64_t durable = 0;  // durable_through() has reported it
};

class publisher_model {
   public:
    explicit publisher_model(std::uint64_t records) : records_(records) {}

    // Publishes to the end. In between, after each failure: opens again and repeats what the cursor asks for. `told`
    // is kept current. Throws std::runtime_error if the sink breaks its promise, or fails for good.
    void run(sink::file_sink_options const& options, told& told, std::mt19937& random) const;

    // Checks that the files beside `path` hold each event once, in order and whole, and nothing else. Throws
    // std::runtime_error.
    void check(std::string const& path) const;

    // Gaps between records without events included.
    std::vector<event::position> events_of(std::uint64_t record) const;
    static event::topic topic_of(event::position at);
    static std::string line_of(event::position at);

   private:
    void check_lines(std::string const& path, event::topic which) const;

    std::uint64_t const records_;
};

// All lines of a file and of its full predecessors, each with its line break if it has one.
std::vector<std::string> all_lines(std::string const& path);

}  // namespace bbstream::test
