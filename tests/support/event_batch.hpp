// Events as a sink sees them, without the fold: a stand-in for real ones whose lines can be checked.
#pragma once

#include "event/batch.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace bbstream::test {

struct sample_event {
    event::topic topic = event::topic::repository;
    event::position position;
    std::string key = "cloud:one";
    std::string value;
    std::string headers;
};

// {"specversion":"1.0","sequence":"0001...","data":"..."} with `data` as its only free part.
inline std::string sample_value(std::uint32_t epoch, event::position at, std::string_view data)
{
    std::string value = "{\"specversion\":\"1.0\",\"sequence\":\"";
    event::append_sequence(value, epoch, at);
    value.append("\",\"data\":\"").append(data).append("\"}");
    return value;
}

inline void append(event::batch& to, sample_event const& each)
{
    to.begin(each.topic, each.position);
    to.bytes() += each.key;
    to.end_key();
    to.bytes() += each.value;
    to.end_value();
    to.bytes() += each.headers;
    to.end_headers();
}

}  // namespace bbstream::test
