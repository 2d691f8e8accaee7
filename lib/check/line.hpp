// What one check has come to, for people and for programs.
#pragma once

#include "base/failure.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::check {

enum class grade : std::uint8_t {
    ok,
    unknown,  // nobody tells, or it was not looked at
    warning,
    failed,
};

struct line {
    std::string what;  // tls, credential, ...
    grade how = grade::ok;
    std::string said;
    std::string advice;  // what to do; empty where there is nothing to do
};
using lines = std::vector<line>;
using tell_line = std::function<void(line const&)>;

constexpr std::string_view grade_name(grade of)
{
    switch (of) {
        case grade::ok:
            return "ok";
        case grade::unknown:
            return "unknown";
        case grade::warning:
            return "warning";
        case grade::failed:
            break;
    }
    return "FAIL";
}

inline line failed(std::string what, failure const& why, std::string advice = {})
{
    return {std::move(what), grade::failed, why.message, std::move(advice)};
}

}  // namespace bbstream::check
