// Answers written into fixed memory.
#include "http/reply.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace bbstream::http {
namespace {

// Data Center waits for nothing; Cloud sends again at once, whatever is said here. Proxies and people read it.
constexpr std::string_view retry_after = "Retry-After: 5\r\n";

std::string_view status_line(unsigned status)
{
    switch (status) {
        case 200:
            return "HTTP/1.1 200 OK\r\n";
        case 400:
            return "HTTP/1.1 400 Bad Request\r\n";
        case 401:
            return "HTTP/1.1 401 Unauthorized\r\n";
        case 404:
            return "HTTP/1.1 404 Not Found\r\n";
        case 405:
            return "HTTP/1.1 405 Method Not Allowed\r\n";
        case 408:
            return "HTTP/1.1 408 Request Timeout\r\n";
        case 413:
            return "HTTP/1.1 413 Content Too Large\r\n";
        case 431:
            return "HTTP/1.1 431 Request Header Fields Too Large\r\n";
        case 503:
            return "HTTP/1.1 503 Service Unavailable\r\n";
        default:
            return "HTTP/1.1 500 Internal Server Error\r\n";
    }
}

std::string_view extra_headers(unsigned status)
{
    if (status == 405)
        return "Allow: POST\r\n";
    return status == 503 ? retry_after : std::string_view{};
}

}  // namespace

void reply::append(std::string_view text)
{
    auto const fitting = std::min(text.size(), body_.size() - size_);
    std::copy_n(text.data(), fitting, body_.data() + size_);
    size_ += fitting;
}

reply reply::accepted(std::uint64_t sequence)
{
    char digits[20] = {};
    auto const end = std::to_chars(digits, digits + sizeof digits, sequence).ptr;
    reply made;
    made.status_ = 200;
    made.append(R"({"status":"accepted","seq":)");
    made.append({digits, static_cast<std::size_t>(end - digits)});
    made.append("}");
    return made;
}

reply reply::pong()
{
    reply made;
    made.status_ = 200;
    made.append(R"({"status":"pong"})");
    return made;
}

reply reply::error(unsigned status, std::string_view why)
{
    constexpr std::string_view begin = R"({"error":")";
    constexpr std::string_view end = R"("})";
    reply made;
    made.status_ = status;
    made.append(begin);
    made.append(why.substr(0, made.body_.size() - begin.size() - end.size()));
    made.append(end);
    return made;
}

std::size_t render(reply const& what, framing const& how, std::span<char, rendered_bytes_max> into)
{
    char* to = into.data();
    auto const put = [&](std::string_view text) { to = std::copy(text.begin(), text.end(), to); };
    put(status_line(what.status()));
    put("Date: ");
    put(how.date);
    put("\r\nContent-Type: application/json\r\nContent-Length: ");
    to = std::to_chars(to, into.data() + into.size(), what.body().size()).ptr;
    put("\r\n");
    put(extra_headers(what.status()));
    put(how.keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
    if (!how.without_body)
        put(what.body());
    return static_cast<std::size_t>(to - into.data());
}

}  // namespace bbstream::http
