// `bbstream send`: one body, signed and delivered as Bitbucket would do it.
#pragma once

#include "base/product.hpp"

#include <string>

namespace bbstream::command {

struct send_options {
    std::string url;
    product platform = product::cloud;
    std::string event_key;
    std::string secret_file;  // one trailing newline is cut
    std::string file;         // the body; empty: standard input
    std::string ca_file;      // trusted besides the system's certificates
    bool insecure = false;    // any certificate will do
};

// Prints status and body of the answer, one line. Gives the exit code: 0 on a 2xx, else 1.
int run_send(send_options const& options);

}  // namespace bbstream::command
