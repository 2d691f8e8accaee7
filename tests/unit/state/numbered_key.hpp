// Keys for tests: well spread, a different one for each number.
#pragma once

#include "state/key.hpp"

#include <cstdint>

namespace bbstream::state {

inline std::uint64_t mixed(std::uint64_t number)
{
    number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9u;
    number = (number ^ (number >> 27)) * 0x94d049bb133111ebu;
    return number ^ (number >> 31);
}

inline key numbered_key(std::uint64_t number)
{
    return {mixed(number + 1), mixed(~number)};
}

}  // namespace bbstream::state
