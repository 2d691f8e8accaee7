// A listening socket that systemd opened for us, by the protocol of sd_listen_fds(3).
#pragma once

#include "base/file.hpp"

namespace bbstream::net {

// Takes the one passed socket: it outlives us in systemd's hands, so a restart refuses no connection. The variables
// are removed, so that children do not take it for theirs; hence it is there once.
// Errors: invalid when no socket was passed, more than one, or one that is no listening stream socket.
result<unique_fd> take_systemd_socket();

}  // namespace bbstream::net
