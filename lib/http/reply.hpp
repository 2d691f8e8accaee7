// An answer: a status and a small JSON body.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace bbstream::http {

class reply {
   public:
    // {"status":"accepted","seq":N}
    static reply accepted(std::uint64_t sequence);
    // {"status":"pong"}
    static reply pong();
    // {"error":"..."}; `why` is a short constant without characters that JSON would escape.
    static reply error(unsigned status, std::string_view why);

    unsigned status() const { return status_; }
    std::string_view body() const { return {body_.data(), size_}; }

   private:
    void append(std::string_view text);

    unsigned status_ = 500;
    std::size_t size_ = 0;
    std::array<char, 120> body_{};
};

// How an answer goes onto a connection.
struct framing {
    bool keep_alive = false;
    bool without_body = false;  // the answer to a HEAD
    std::string_view date;      // now, as HTTP writes it
};

inline constexpr std::size_t rendered_bytes_max = 512;

// The whole answer, with Allow on a 405 and Retry-After on a 503, in `into`; gives its length.
std::size_t render(reply const& what, framing const& how, std::span<char, rendered_bytes_max> into);

}  // namespace bbstream::http
