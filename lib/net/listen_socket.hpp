// Listening sockets, one for each reactor.
#pragma once

#include "base/file.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace bbstream::net {

struct listen_sockets {
    std::vector<unique_fd> sockets;  // non-blocking; as many as were asked for
    std::uint16_t port = 0;          // TCP: the real one where 0 was asked for; else 0
    std::string path;                // unix: the file to remove when listening ends; else empty
};

// "host:port" ("[::]:8443" for IPv6, an empty host for every address, port 0 for a free one), "unix:/path" or
// "systemd".
//
// TCP: each reactor has a socket of its own with SO_REUSEPORT, so the kernel spreads connections and accepting is
// never shared; that another process listens there is found out first, since SO_REUSEPORT alone would share with it.
// unix, systemd: one socket, its descriptor duplicated. A unix socket that nobody serves any more is replaced.
// Errors: invalid for the syntax, io with the address.
result<listen_sockets> listen_on(std::string const& address, std::size_t count);

}  // namespace bbstream::net
