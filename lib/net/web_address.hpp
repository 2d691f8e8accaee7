// Absolute URLs that may be spoken to: https anywhere, http within this machine.
#pragma once

#include "base/failure.hpp"

#include <string>

namespace bbstream::net {

struct web_address {
    bool tls = true;
    std::string host;       // a name or an address, without brackets
    std::string port;       // digits; the scheme's where the URL has none
    std::string authority;  // for the Host header
    std::string path;       // with query, never empty
};

// https://, and http:// for loopback only, since what is sent may be forged or read on its way otherwise. Errors:
// invalid, for people.
result<web_address> parse_web_address(std::string const& url);

}  // namespace bbstream::net
