#include "daemon/command/send.hpp"

#include "base/random.hpp"
#include "config/secret.hpp"
#include "daemon/command/complain.hpp"
#include "daemon/command/input.hpp"
#include "daemon/command/terminal.hpp"
#include "daemon/signals.hpp"
#include "event/uuid.hpp"
#include "http/date.hpp"
#include "http/post.hpp"
#include "signature/signature.hpp"

#include <algorithm>
#include <ctime>

namespace bbstream::command {
namespace {

// A random UUID, RFC 9562 version 4.
std::string random_uuid()
{
    event::uuid id;
    fill_random(id.bytes);
    id.bytes[6] = static_cast<unsigned char>((id.bytes[6] & 0x0f) | 0x40);
    id.bytes[8] = static_cast<unsigned char>((id.bytes[8] & 0x3f) | 0x80);
    std::string text;
    event::append_uuid(text, id);
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
    auto const to = net::parse_web_address(options.url);
    if (!to)
        return to.error();
    if (!is_printable(options.event_key))
        return failure{failure_kind::invalid, "the event key must be a word such as repo:push"};
    auto const secret = config::resolve({"file:" + options.secret_file});
    if (!secret)
        return secret.error();
    auto const body = read_body(options.file);
    if (!body)
        return body.error();
    auto headers = headers_of(options);
    if (options.platform != product::datacenter || options.event_key != ping_event_key) {
        auto signature = signature::sign(*secret, *body);
        if (!signature)
            return signature.error();
        headers.emplace_back("X-Hub-Signature", std::move(*signature));
    }
    return http::post(*to, headers, *body, {options.ca_file, options.insecure});
}

}  // namespace

int run_send(send_options const& options)
{
    daemon::ignore_broken_pipes();
    auto const answer = deliver(options);
    if (!answer)
        return complain(answer.error().message);
    auto const printed = print(
        harmless(std::to_string(answer->status) + " " + (answer->body.empty() ? answer->reason : answer->body)) + "\n");
    return answer->status / 100 == 2 ? printed : failed;
}

}  // namespace bbstream::command
