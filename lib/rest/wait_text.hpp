// Waits for people.
#pragma once

#include <chrono>
#include <string>

namespace bbstream::rest {

// "4 s", "2 min", "1 h 5 min", rounded up.
std::string wait_text(std::chrono::milliseconds wait);

}  // namespace bbstream::rest
