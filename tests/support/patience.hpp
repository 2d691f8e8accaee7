// How long a test waits for what must happen: longer than any deadline it sets, so that only a hang makes it throw.
#pragma once

#include <chrono>

namespace bbstream::test {

inline constexpr std::chrono::seconds patience{20};

}  // namespace bbstream::test
