// The person's browser, where this machine has a display.
#pragma once

#include <string>

namespace bbstream::login {

// Whether xdg-open was started; what becomes of it is not waited for.
bool open_browser(std::string const& url);

}  // namespace bbstream::login
