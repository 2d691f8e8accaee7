// The way to a server: name, connection, proxy, TLS.
#pragma once

#include "check/line.hpp"
#include "config/config.hpp"
#include "net/task.hpp"

namespace bbstream::check {

struct way {
    lines told;
    bool open = false;
};

// `url`: the API's, or Jira's.
net::task<way> check_way(net::executor on, config::instance const& one, std::string url);

}  // namespace bbstream::check
