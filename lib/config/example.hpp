// deploy/bbstream.toml.example, built in.
#pragma once

#include <string_view>

namespace bbstream::config {

// A commented configuration with every key.
extern std::string_view const example;

}  // namespace bbstream::config
