// One POST as a client, blocking: for commands, not for the daemon's reactors.
#pragma once

#include "base/failure.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bbstream::http {

// An absolute URL taken apart.
struct post_target {
    bool tls = true;
    std::string host;       // a name or an address, without brackets
    std::string port;       // digits; the scheme's where the URL has none
    std::string authority;  // for the Host header
    std::string path;       // with query, never empty
};

// https://, and http:// for loopback only, since what is sent may be forged or read on its way otherwise. Errors:
// invalid, for people.
result<post_target> parse_post_target(std::string const& url);

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
result<post_answer> post(post_target const& to, header_list const& headers, std::string_view body,
                         post_options const& how);

}  // namespace bbstream::http
