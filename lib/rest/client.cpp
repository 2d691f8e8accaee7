#include "rest/client.hpp"

#include "base/random.hpp"
#include "observe/log.hpp"
#include "rest/echo.hpp"
#include "rest/explain.hpp"
#include "rest/json.hpp"
#include "rest/target.hpp"
#include "rest/wait_text.hpp"

#include <array>

namespace bbstream::rest {
namespace {

using clock = std::chrono::steady_clock;

constexpr unsigned redirects_max = 5;
constexpr unsigned unauthorized = 401;
constexpr unsigned too_many_requests = 429;
// A shorter wait is no news.
constexpr milliseconds unnoticed{3'000};

bool is_redirect(unsigned status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool is_web_page(std::string_view content_type)
{
    std::string lower;
    for (char const c : content_type)
        lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return lower.starts_with("text/html") || lower.starts_with("application/xhtml");
}

// Lists come, too: of annotations that were added.
bool is_json_or_nothing(std::string_view body)
{
    json_document document;
    return body.empty() || document.parse(body) ||
           document.parse("{\"list\":" + std::string(body) + '}')["list"].is_array();
}

double random_share()
{
    std::array<unsigned char, 2> bytes{};
    fill_random(bytes);
    return (bytes[0] * 256 + bytes[1]) / 65535.0;
}

std::string count_or_unknown(std::optional<std::uint64_t> const& count)
{
    return count ? std::to_string(*count) : "unknown";
}

bool same_server(net::web_address const& one, net::web_address const& other)
{
    return one.tls == other.tls && one.host == other.host && one.port == other.port;
}

}  // namespace

client::client(net::executor on, client_options options, transport& over, std::unique_ptr<authorization> who)
    : on_(on),
      options_(std::move(options)),
      over_(over),
      who_(std::move(who)),
      pacer_(
          on, options_.limits, [this](milliseconds wait, wait_reason why) { note_wait(wait, why); }, options_.lender,
          options_.patience)
{
}

void client::note_wait(milliseconds wait, wait_reason why)
{
    // Where requests or leave come one by one there are many waits: said is the first, and a much longer one.
    if (why != wait_reason::bitbucket) {
        auto& told = why == wait_reason::daemon ? told_leave_ : told_budget_;
        if (wait <= 2 * told)
            return;
        told = wait;
    }
    note("waiting " + wait_text(wait) + ": " +
         (why == wait_reason::bitbucket ? "Bitbucket asks for it"
          : why == wait_reason::daemon  ? "the daemon's budget of requests is used up"
                                        : options_.limits_name + " is used up"));
}

void client::note(std::string const& line) const
{
    if (options_.notice)
        options_.notice(line);
}

net::task<result<response>> client::send(request what)
{
    bool renewed = false;
    std::optional<instant> began;
    // What has been given away piece by piece can't be taken back.
    bool given = false;
    if (what.sink)
        what.sink = [&given, sink = std::move(what.sink)](std::string_view piece) {
            given = true;
            return sink(piece);
        };
    for (unsigned number = 1;; ++number) {
        bool const admitted = co_await pacer_.admit(what.urgency);
        if (!admitted)
            co_return not_admitted();
        began = began.value_or(clock::now());
        std::string credential;
        auto ended = co_await once(what, credential);
        if (ended)
            look_at_headers(*ended);
        // A server of Data Center's answers 401 to someone whom it knows, too.
        refused_ = ended && ended->status == unauthorized && ended->header("x-ausername").empty();
        if (refused_ && !renewed && who_->refused(credential)) {
            renewed = true;
            continue;
        }
        if (!ended && (ended.error().kind != failure_kind::unavailable || stopped_))
            co_return ended;
        auto const last = judge(what.repeatable() && !given, number, ended);
        auto const wait = wait_before_retry(last);
        if (!wait || *wait > options_.patience || clock::now() + *wait - *began > 2 * options_.patience)
            co_return ended;
        if (last.status == too_many_requests) {
            pacer_.pause_until(clock::now() + *wait);
            continue;
        }
        note_try(*wait, *began, what, ended);
        if (bool const slept = co_await sleep(*wait); !slept)
            co_return ended;
    }
}

net::task<result<response>> client::ask(request what)
{
    auto answer = co_await send(what);
    if (answer && !answer->ok())
        co_return options_.explain(what, *answer);
    if (answer && may_be_refusal(*answer) && !said_by_server(*answer).empty())
        co_return options_.explain(what, *answer);
    if (answer && is_web_page(answer->header("content-type")))
        co_return failure{failure_kind::invalid, options_.server.host +
                                                     ": a web page came instead of an answer: is the address right, "
                                                     "or does a login or a portal lie before it?"};
    if (answer && what.how != method::get && !is_json_or_nothing(answer->body))
        co_return failure{failure_kind::invalid, options_.server.host +
                                                     ": what came is no answer of Bitbucket's: whether it has been "
                                                     "done is not known"};
    co_return answer;
}

attempt client::judge(bool repeatable, unsigned number, result<response> const& ended)
{
    attempt last;
    last.number = number;
    last.repeatable = repeatable;
    last.jitter = random_share();
    if (ended) {
        last.status = ended->status;
        last.retry_after = retry_after_of(*ended, now_micros());
    }
    return last;
}

// Without retries; redirects are followed.
net::task<result<response>> client::once(request what, std::string& credential)
{
    auto header = co_await who_->header();
    if (!header)
        co_return header.error();
    credential = std::move(*header);
    auto to = options_.server;
    for (unsigned followed = 0;; ++followed) {
        header_list headers;
        if (same_server(to, options_.server))
            headers = headers_for(what, credential);
        auto answer = co_await over_.send(to, what, std::move(headers));
        if (answer && (!answer->ok() || may_be_refusal(*answer))) {
            strike_out_authorization(answer->body, credential);
            strike_out(answer->body, what.secret);
        }
        if (!answer || !is_redirect(answer->status))
            co_return answer;
        auto const location = std::string(answer->header("location"));
        auto const next = location.starts_with('/') ? target_of(location) : std::nullopt;
        auto const elsewhere = next ? result<net::web_address>(to) : net::parse_web_address(location);
        bool const may = followed < redirects_max && elsewhere && what.how == method::get &&
                         (what.may_leave_host || same_server(*elsewhere, options_.server));
        if (!may)
            co_return failure{failure_kind::invalid, to.host + ": redirects to where it is not followed (" +
                                                         std::to_string(answer->status) + ")"};
        to = *elsewhere;
        what.target = next ? *next : elsewhere->path;
    }
}

header_list client::headers_for(request const& what, std::string const& credential) const
{
    header_list headers{{"Authorization", credential}};
    // Data Center takes a request that changes something for forged without it.
    if (options_.platform == product::datacenter && what.how != method::get)
        headers.emplace_back("X-Atlassian-Token", "no-check");
    return headers;
}

void client::look_at_headers(response const& answer)
{
    auto const now = read_allowance(answer);
    if (!now.limit && !now.remaining && !now.nearly_used_up)
        return;
    auto const host = std::string_view(options_.server.host);
    // Cloud tells some of them only.
    auto const limit = count_or_unknown(now.limit);
    auto const remaining = count_or_unknown(now.remaining);
    observe::debug("requests left", {{"host", host}, {"limit", limit}, {"remaining", remaining}});
    left_ = now;
    // Data Center's are not documented, and each of its nodes counts for itself.
    if (options_.platform == product::cloud && pacer_.note(now))
        observe::warn("the limit of requests is nearly used up: what is not urgent goes slower",
                      {{"host", host}, {"limit", limit}, {"remaining", remaining}});
}

// Of a request that has gone wrong quickly, and is tried again soon, nobody needs to hear.
void client::note_try(milliseconds wait, instant began, request const& what, result<response> const& ended) const
{
    if (wait < unnoticed && clock::now() - began < unnoticed)
        return;
    auto const why = ended ? options_.explain(what, *ended) : ended.error();
    note("trying again in " + wait_text(wait) + ": " + why.message);
}

failure client::not_admitted() const
{
    if (stopped_ || pacer_.too_long().count() == 0)
        return {failure_kind::unavailable, options_.server.host + ": given up"};
    return {failure_kind::unavailable,
            "the daemon's budget of requests is used up; try again in " + wait_text(pacer_.too_long())};
}

net::task<bool> client::sleep(milliseconds time)
{
    struct leaving {
        std::list<timer>& all;
        std::list<timer>::iterator mine;
        ~leaving() { all.erase(mine); }
    };
    leaving const guard{sleeping_, sleeping_.emplace(sleeping_.end(), on_, time)};
    co_await guard.mine->async_wait(net::as_result);
    co_return !stopped_;
}

void client::stop()
{
    stopped_ = true;
    pacer_.stop();
    for (auto& each : sleeping_)
        each.cancel();
}

}  // namespace bbstream::rest
