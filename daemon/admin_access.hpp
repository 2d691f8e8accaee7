// Who may read from the operator's listener, and what is where: pure decisions, apart from sockets.
#pragma once

#include <string_view>

namespace bbstream::daemon {

enum class admin_access {
    allowed,
    token_wanted,  // 401
    refused,       // 403: there is no token that could open it
};

// `from_loopback`: the peer is on this machine. `authorization` is the header's value, empty where there is none.
admin_access decide_access(bool from_loopback, std::string_view authorization, std::string_view token);

// The path of a request target, without its query.
std::string_view path_of(std::string_view target);

}  // namespace bbstream::daemon
