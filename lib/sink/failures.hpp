// How system calls of the file sink fail, as kinds of the sink's role.
#pragma once

#include "base/failure.hpp"

#include <string>

namespace bbstream::sink {

// A disk that is full or failing may work again: the sink is tried again.
inline failure away(std::string const& path, int number)
{
    return {failure_kind::unavailable, system_failure(path, number).message};
}

inline failure taken(std::string const& path)
{
    return {failure_kind::permanent, path + ": another process is writing it"};
}

}  // namespace bbstream::sink
