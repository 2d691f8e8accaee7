// Bytes to requests: Beast's incremental parser, made strict. The only user of Beast on the request path.
#pragma once

#include "http/request.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace bbstream::http {

class request_parser {
   public:
    struct limits {
        std::size_t head_bytes_max = 16 * 1024;  // request line and headers
        std::uint64_t body_bytes_max = 8 * 1024 * 1024;
    };
    enum class status {
        need_more,       // give more bytes, with those that were not consumed in front
        head,            // the head is whole, just now: path, method, headers and length are set
        complete,        // the request is whole
        malformed,       // not HTTP/1.x, or framing that intermediaries could read in two ways (RFC 9112 section 11.2)
        head_too_large,  // path and method are set if the request line was whole
        body_too_large,  // announced, or sent in chunks; path, method and headers are set
    };
    struct progress {
        status state = status::need_more;
        std::size_t consumed = 0;
    };

    request_parser(std::span<std::string_view const> kept_headers, limits bounds);
    ~request_parser();

    // Forgets everything and fills `into` from the next byte on; it must stay where it is.
    void start(request& into);

    // The rest of the body is consumed but not kept.
    void discard_body();

    progress feed(std::string_view bytes);

   private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace bbstream::http
