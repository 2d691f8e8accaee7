// URLs as they may be told: their user name, password and query can be secrets.
#pragma once

#include <string>
#include <string_view>

namespace bbstream {

// With "..." in the place of what stands before the host's "@", and of what follows "?" or "#". The URL may be wrong; a
// text without "://" stays as it is.
std::string shown_url(std::string_view url);

}  // namespace bbstream
