#include "daemon/command/send.hpp"

#include "base/file.hpp"
#include "daemon/command/complain.hpp"
#include "http/date.hpp"
#include "http/post.hpp"
#include "signature/signature.hpp"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <ctime>

namespace bbstream::command {
namespace {

constexpr std::size_t body_bytes_max = 64 * 1024 * 1024;
constexpr std::size_t secret_bytes_max = 64 * 1024;

// The one event that Data Center never signs.
constexpr std::string_view ping_key = "diagnostics:ping";

result<std::string> read_body(std::string const& file)
{
    if (!file.empty())
        return read_file(file, body_bytes_max);
    std::string body;
    std::array<char, 64 * 1024> piece;
    while (auto const size = std::fread(piece.data(), 1, piece.size(), stdin)) {
        body.append(piece.data(), size);
        if (body.size() > body_bytes_max)
            return failure{failure_kind::invalid, "standard input is larger than 64 MiB"};
    }
    if (std::ferror(stdin))
        return failure{failure_kind::io, "standard input can't be read"};
    return body;
}

result<std::string> read_secret(std::string const& file)
{
    auto secret = read_file(file, secret_bytes_max);
    if (secret && secret->ends_with('\n'))
        secret->pop_back();
    if (secret && secret->empty())
        return failure{failure_kind::invalid, file + ": the secret is empty"};
    return secret;
}

// A random UUID, RFC 9562 version 4.
std::string random_uuid()
{
    std::array<unsigned char, 16> bytes{};
    if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
        bytes.fill(0);
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0f) | 0x40);
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3f) | 0x80);
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        char digits[4];
        std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned>(bytes[i]));
        text += i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "";
        text += digits;
    }
    return text;
}

// The headers as recorded from the products.
http::header_list headers_of(send_options const& options)
{
    if (options.platform == product::datacenter)
        return {{"User-Agent", "Atlassian HttpClient 4.2.0 / Bitbucket-9.5.2 (9005002) / Default"},
                {"Content-Type", "application/json; charset=utf-8"},
                {"Accept", "*/*"},
                {"X-Event-Key", options.event_key},
                {"X-Request-Id", random_uuid()}};
    return {{"User-Agent", "Bitbucket-Webhooks/2.0"},
            {"Content-Type", "application/json"},
            {"X-Event-Key", options.event_key},
            {"X-Hook-UUID", random_uuid()},
            {"X-Request-UUID", random_uuid()},
            {"X-Attempt-Number", "1"},
            {"X-Event-Time", http::http_date(std::time(nullptr))}};
}

bool is_printable(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

result<http::post_answer> deliver(send_options const& options)
{
    auto const to = http::parse_post_target(options.url);
    if (!to)
        return to.error();
    if (!is_printable(options.event_key))
        return failure{failure_kind::invalid, "the event key must be a word such as repo:push"};
    auto const secret = read_secret(options.secret_file);
    if (!secret)
        return secret.error();
    auto const body = read_body(options.file);
    if (!body)
        return body.error();
    auto headers = headers_of(options);
    if (options.platform != product::datacenter || options.event_key != ping_key) {
        auto signature = signature::sign(*secret, *body);
        if (!signature)
            return signature.error();
        headers.emplace_back("X-Hub-Signature", std::move(*signature));
    }
    return http::post(*to, headers, *body, {options.ca_file, options.insecure});
}

// Whatever a server answers, a terminal must not obey it.
std::string readable(std::string text)
{
    while (text.ends_with('\n') || text.ends_with('\r'))
        text.pop_back();
    std::replace_if(
        text.begin(), text.end(), [](unsigned char c) { return (c < 0x20 && c != '\n') || c == 0x7f; }, '?');
    return text;
}

}  // namespace

int run_send(send_options const& options)
{
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes by write(2)
    auto const answer = deliver(options);
    if (!answer)
        return complain(answer.error().message);
    auto const printed = print(
        readable(std::to_string(answer->status) + " " + (answer->body.empty() ? answer->reason : answer->body)) + "\n");
    return answer->status / 100 == 2 ? printed : failed;
}

}  // namespace bbstream::command
