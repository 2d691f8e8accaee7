// What a consumer sees of a topic.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace bbstream::test {

struct consumed {
    std::int32_t partition = 0;
    std::int64_t offset = 0;
    std::string key;
    std::string value;
    std::vector<std::pair<std::string, std::string>> headers;
};

// All of it, in order of partition and offset. `isolation`: read_committed or read_uncommitted. Throws on any error.
std::vector<consumed> consume(std::string const& address, std::string const& topic,
                              std::string const& isolation = "read_committed");

// The names of the topics that exist and begin with a prefix.
std::vector<std::string> topics_with_prefix(std::string const& address, std::string const& prefix);

}  // namespace bbstream::test
