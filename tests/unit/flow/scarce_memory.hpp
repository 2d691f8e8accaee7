// The test's own operator new, which can be made to fail.
#pragma once

#include <atomic>
#include <cstddef>

namespace bbstream::test {

// Above so many bytes at once there is no memory.
extern std::atomic<std::size_t> allocation_max;

}  // namespace bbstream::test
