// Expected failures are values: a kind to decide by, and one readable line for people.
#pragma once

#include <boost/system/result.hpp>

#include <string>
#include <string_view>

namespace bbstream {

enum class failure_kind {
    invalid,      // the caller's input is wrong
    unavailable,  // something outside is away for now; trying again may help
    corrupt,      // stored bytes are not what was written
    io,           // a system call failed
    permanent,    // it was refused for good
    conflict,     // somebody else holds it
};

struct failure {
    failure_kind kind = failure_kind::io;
    std::string message;
};

// Lets result<T>::value() throw std::runtime_error(message); meant for start-up code only.
[[noreturn]] void throw_exception_from_error(failure const& why, boost::source_location const& where);

template <class T>
using result = boost::system::result<T, failure>;

// "what: strerror(number)", kind io.
failure system_failure(std::string_view what, int number);

}  // namespace bbstream
