// The small page that the browser ends at.
#pragma once

#include <string>
#include <string_view>

namespace bbstream::login {

// The bytes of an HTTP answer that ends the connection. `text` is shown as it is.
std::string page(unsigned status, std::string_view title, std::string_view text);

}  // namespace bbstream::login
