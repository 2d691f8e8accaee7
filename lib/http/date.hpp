// HTTP's date format.
#pragma once

#include <ctime>
#include <string>

namespace bbstream::http {

// "Tue, 18 Jan 2022 16:55:22 GMT" (RFC 9110 section 5.6.7), whatever the locale.
std::string http_date(std::time_t at);

}  // namespace bbstream::http
