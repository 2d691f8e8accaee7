// One POST as a client, blocking: for commands, not for the daemon's reactors.
#pragma once

#include "base/failure.hpp"
#include "net/web_address.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bbstream::http {

struct post_options {
    std::string ca_file;    // PEM certificates to trust besides those of the system ($SSL_CERT_FILE)
    bool insecure = false;  // accept any certificate
    std::chrono::milliseconds timeout{30'000};  // for all of it
};

struct post_answer {
    unsigned status = 0;
    std::string reason;
    std::string body;  // at most 1 MiB
};

using header_list = std::vector<std::pair<std::string, std::string>>;

// Connects, checks the certificate against the host, sends, reads the answer, closes. Redirects are not followed.
// Errors: unavailable (not reachable, too slow, no answer), permanent (the certificate is not trusted), invalid (the
// CA file; an answer that is not HTTP).
result<post_answer> post(net::web_address const& to, header_list const& headers, std::string_view body,
                         post_options const& how);

}  // namespace bbstream::http
