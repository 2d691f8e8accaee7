#include "base/failure.hpp"

#include <stdexcept>
#include <system_error>

namespace bbstream {

void throw_exception_from_error(failure const& why, boost::source_location const&)
{
    throw std::runtime_error(why.message);
}

failure system_failure(std::string_view what, int number)
{
    return {failure_kind::io, std::string(what) + ": " + std::generic_category().message(number)};
}

}  // namespace bbstream
