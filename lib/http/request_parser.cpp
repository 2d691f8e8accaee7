// A basic_parser that keeps what receiving needs, and nothing else, without a container of fields.
#include "http/request_parser.hpp"

#include "http/json_body.hpp"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/basic_parser.hpp>

#include <algorithm>
#include <bitset>

namespace bbstream::http {
namespace {

namespace beast = boost::beast;
using boost::system::error_code;
using beast_text = beast::string_view;

// What an announced length makes us reserve at once; beyond it memory is taken as bytes really come.
constexpr std::size_t body_reserve_max = 64 * 1024;
// More kept headers than this are not supported.
constexpr std::size_t kept_headers_max = 32;
// A value longer than this is cut: none of Bitbucket's is near it.
constexpr std::size_t kept_value_bytes_max = 1024;
// "0\r\n\r\n": a chunked body always ends with this much, and Beast's parser asserts that it sees so much at once.
constexpr std::size_t last_chunk_bytes = 5;

std::string_view plain(beast_text text)
{
    return {text.data(), text.size()};
}

// The path of a request target in origin form ("/a?b") or absolute form ("https://host/a?b"), RFC 9112 section 3.2.
std::string_view path_of(std::string_view target)
{
    if (auto const scheme = target.find("://"); scheme != std::string_view::npos && !target.starts_with('/')) {
        auto const slash = target.find('/', scheme + 3);
        target = slash == std::string_view::npos ? "/" : target.substr(slash);
    }
    return target.substr(0, target.find('?'));
}

// Journaled headers are lines of printable ASCII.
void append_printable(std::string& out, std::string_view value)
{
    for (auto const c : value.substr(0, kept_value_bytes_max))
        out += c >= 0x20 && c < 0x7f ? c : '?';
}

class parser : public beast::http::basic_parser<true> {
   public:
    parser(request& into, std::span<std::string_view const> kept, request_parser::limits bounds)
        : into_(into), kept_(kept)
    {
        header_limit(static_cast<std::uint32_t>(bounds.head_bytes_max));
        body_limit(bounds.body_bytes_max);
    }

    void discard_body() { discarding_ = true; }

   private:
    void on_request_impl(beast::http::verb how, beast_text, beast_text target, int version, error_code&) override
    {
        using beast::http::verb;
        into_.method = how == verb::post ? method::post : how == verb::head ? method::head : method::other;
        into_.path = path_of(plain(target));
        http11_ = version == 11;
    }

    void on_response_impl(int, beast_text, int, error_code&) override {}

    void on_field_impl(beast::http::field field, beast_text name, beast_text value, error_code& error) override
    {
        if (is_header_done())
            return;  // a trailer says nothing
        if (field == beast::http::field::transfer_encoding) {
            // Whatever is not plainly "chunked" has no length that everyone agrees on; HTTP/1.0 has no such header.
            encoded_ = true;
            if (!http11_ || !beast::iequals(value, "chunked"))
                error = beast::http::error::bad_transfer_encoding;
        } else if (field == beast::http::field::content_length) {
            if (encoded_)
                error = beast::http::error::bad_content_length;
        } else if (field == beast::http::field::expect) {
            into_.expects_continue = http11_ && beast::iequals(value, "100-continue");
        } else if (beast::iequals(name, "x-hub-signature")) {
            ++into_.signatures;
            into_.signature = plain(value);
        } else {
            keep(name, value);
        }
    }

    // Boost 1.86 and later ask for trailers apart.
    virtual void on_trailer_field_impl(beast::http::field, beast_text, beast_text, error_code&) {}

    void on_header_impl(error_code&) override
    {
        into_.keep_alive = keep_alive();
        if (chunked())
            into_.length.reset();
        else
            into_.length = content_length().value_or(0);
    }

    void on_body_init_impl(boost::optional<std::uint64_t> const& length, error_code&) override
    {
        if (length && !discarding_)
            into_.body.reserve(
                static_cast<std::size_t>(std::min<std::uint64_t>(*length + json_padding, body_reserve_max)));
    }

    std::size_t on_body_impl(beast_text bytes, error_code&) override
    {
        append(bytes);
        return bytes.size();
    }

    void on_chunk_header_impl(std::uint64_t, beast_text, error_code&) override {}

    std::size_t on_chunk_body_impl(std::uint64_t, beast_text bytes, error_code&) override
    {
        append(bytes);
        return bytes.size();
    }

    void on_finish_impl(error_code&) override {}

    // Beyond what was reserved the string grows by doubling.
    void append(beast_text bytes)
    {
        if (!discarding_)
            into_.body.append(bytes.data(), bytes.size());
    }

    void keep(beast_text name, beast_text value)
    {
        for (std::size_t i = 0; i < kept_.size() && i < kept_headers_max; ++i) {
            if (seen_[i] || name.size() != kept_[i].size() ||
                !beast::iequals(name, beast_text(kept_[i].data(), kept_[i].size())))
                continue;
            seen_.set(i);
            into_.headers += kept_[i];
            into_.headers += ':';
            append_printable(into_.headers, plain(value));
            into_.headers += '\n';
            return;
        }
    }

    request& into_;
    std::span<std::string_view const> const kept_;
    std::bitset<kept_headers_max> seen_;
    bool http11_ = false;
    bool encoded_ = false;
    bool discarding_ = false;
};

}  // namespace

struct request_parser::state {
    std::span<std::string_view const> kept_headers;
    limits bounds;
    std::optional<parser> current;
    std::size_t head_bytes = 0;

    progress feed_head(std::string_view bytes);
    progress feed_body(std::string_view bytes);
    progress outcome(error_code const& why, std::size_t consumed) const;
};

request_parser::request_parser(std::span<std::string_view const> kept_headers, limits bounds)
    : state_(new state{kept_headers, bounds, {}})
{
}

request_parser::~request_parser() = default;

void request_parser::start(request& into)
{
    state_->head_bytes = 0;
    state_->current.emplace(into, state_->kept_headers, state_->bounds);
}

void request_parser::discard_body()
{
    state_->current->discard_body();
}

request_parser::progress request_parser::feed(std::string_view bytes)
{
    return state_->current->is_header_done() ? state_->feed_body(bytes) : state_->feed_head(bytes);
}

request_parser::progress request_parser::state::feed_head(std::string_view bytes)
{
    // RFC 9112 section 2.2: an empty line before a request line is to be ignored.
    std::size_t blank = 0;
    if (!current->got_some())
        while (bytes.substr(blank).starts_with("\r\n"))
            blank += 2;
    auto const rest = bytes.substr(blank);
    error_code error;
    std::size_t consumed = blank;
    if (!rest.empty() && (current->got_some() || rest != "\r"))
        consumed += current->put({rest.data(), rest.size()}, error);
    head_bytes += consumed;
    auto const whole = current->is_header_done();
    auto const seen = whole ? head_bytes : head_bytes + bytes.size() - consumed;
    if ((!error || error == beast::http::error::need_more) && seen > bounds.head_bytes_max)
        return {status::head_too_large, consumed};
    return !error && whole ? progress{status::head, consumed} : outcome(error, consumed);
}

request_parser::progress request_parser::state::feed_body(std::string_view bytes)
{
    if (current->is_done())
        return {status::complete, 0};
    if (bytes.empty() || (current->chunked() && bytes.size() < last_chunk_bytes))
        return {status::need_more, 0};
    error_code error;
    current->eager(true);
    auto const consumed = current->put({bytes.data(), bytes.size()}, error);
    return !error && current->is_done() ? progress{status::complete, consumed} : outcome(error, consumed);
}

request_parser::progress request_parser::state::outcome(error_code const& why, std::size_t consumed) const
{
    using beast::http::error;
    if (!why || why == error::need_more)
        return {status::need_more, consumed};
    if (why == error::header_limit)
        return {status::head_too_large, consumed};
    return {why == error::body_limit ? status::body_too_large : status::malformed, consumed};
}

}  // namespace bbstream::http
