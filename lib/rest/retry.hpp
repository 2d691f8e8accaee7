// When a request is tried again, and after how long. Nothing here waits or looks at a clock.
#pragma once

#include "base/time.hpp"
#include "rest/message.hpp"

#include <chrono>
#include <optional>

namespace bbstream::rest {

using std::chrono::milliseconds;

// Tries of one request, the first one included.
inline constexpr unsigned tries_max = 5;
// What Bitbucket may ask for; more is cut.
inline constexpr milliseconds retry_after_max{3600'000};

// What Retry-After asks for: seconds, or an HTTP date (RFC 9110 section 10.2.3). Nothing where it is absent or no such
// thing; a date that has passed is zero.
std::optional<milliseconds> parse_retry_after(std::string_view text, micros now);

// That of an answer. A date is held against the server's own (Date), so that a wrong clock here matters only where that
// is missing.
std::optional<milliseconds> retry_after_of(response const& answer, micros now);

// "Sun, 06 Nov 1994 08:49:37 GMT", as headers have it (RFC 9110 section 5.6.7; the obsolete forms are nothing).
std::optional<micros> parse_http_date(std::string_view text);

// How one try ended.
struct attempt {
    unsigned number = 1;                      // of the first
    unsigned status = 0;                      // 0: there was no answer
    bool repeatable = true;                   // request::repeatable()
    std::optional<milliseconds> retry_after;  // what the answer asks for
    double jitter = 0.5;                      // random, within 0 to 1
};

// How long to wait before the next try; nothing when there shall be none. A 429 was not carried out, so that anything
// may be repeated; after everything else a request that changes something may not, lest it be done twice.
std::optional<milliseconds> wait_before_retry(attempt const& last);

}  // namespace bbstream::rest
