// One HTTP request as the flows see it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace bbstream::http {

enum class method : std::uint8_t { post, head, other };

struct request {
    http::method method = http::method::other;
    std::string path;       // without query; empty until the request line was read
    std::string headers;    // those that the server keeps: "lower-case-name:value\n" a line, first of a name only
    std::string signature;  // value of X-Hub-Signature
    std::uint32_t signatures = 0;         // how many of those headers there were
    std::optional<std::uint64_t> length;  // Content-Length, or 0 without a body; nothing for a chunked body
    bool keep_alive = false;              // by version and Connection (RFC 9112 section 9.3)
    bool expects_continue = false;
    std::string body;
    std::size_t route = 0;  // for the handler's own use
};

}  // namespace bbstream::http
