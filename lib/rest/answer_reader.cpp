#include "rest/answer_reader.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include <algorithm>
#include <cctype>

namespace bbstream::rest {
namespace {

namespace http = boost::beast::http;
using boost::system::error_code;
using text = boost::beast::string_view;

// OAuth tokens, cookies and links make long heads.
constexpr std::uint32_t head_bytes_max = 64 * 1024;
constexpr std::size_t headers_max = 256;
// Of 1xx before the answer.
constexpr unsigned interim_max = 16;
constexpr unsigned switching_protocols = 101;
// "0\r\n\r\n": a chunked body always ends with this much, and Beast's parser asserts that it sees so much at once.
constexpr std::size_t last_chunk_bytes = 5;

std::string lower(text name)
{
    std::string made(name.data(), name.size());
    std::transform(made.begin(), made.end(), made.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return made;
}

}  // namespace

class answer_reader::parser : public http::basic_parser<false> {
   public:
    parser(response& into, body_sink const& sink) : into_(into), sink_(sink)
    {
        header_limit(head_bytes_max);
        if (sink)
            body_limit(boost::none);
        else
            body_limit(answer_bytes_max);
    }

   private:
    void on_request_impl(http::verb, text, text, int, error_code&) override {}

    void on_response_impl(int status, text, int, error_code&) override { into_.status = static_cast<unsigned>(status); }

    void on_field_impl(http::field, text name, text value, error_code& error) override
    {
        if (into_.headers.size() >= headers_max)
            error = http::error::header_limit;
        else
            into_.headers.emplace_back(lower(name), std::string(value.data(), value.size()));
    }

    // Boost 1.86 and later ask for trailers apart.
    virtual void on_trailer_field_impl(http::field, text, text, error_code&) {}

    void on_header_impl(error_code&) override {}
    void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code&) override {}

    std::size_t on_body_impl(text bytes, error_code& error) override
    {
        take(bytes, error);
        return bytes.size();
    }

    void on_chunk_header_impl(std::uint64_t, text, error_code&) override {}

    std::size_t on_chunk_body_impl(std::uint64_t, text bytes, error_code& error) override
    {
        take(bytes, error);
        return bytes.size();
    }

    void on_finish_impl(error_code&) override {}

    void take(text bytes, error_code& error)
    {
        if (sink_ && into_.ok()) {
            if (!sink_({bytes.data(), bytes.size()}))
                error = boost::system::errc::make_error_code(boost::system::errc::operation_canceled);
        } else if (into_.body.size() + bytes.size() > answer_bytes_max)
            error = http::error::body_limit;
        else
            into_.body.append(bytes.data(), bytes.size());
    }

    response& into_;
    body_sink const& sink_;
};

answer_reader::answer_reader(response& into, body_sink const& sink, bool bodiless)
    : into_(into), sink_(sink), bodiless_(bodiless)
{
    begin();
}

answer_reader::~answer_reader() = default;

void answer_reader::begin()
{
    into_.headers.clear();
    parser_ = std::make_unique<parser>(into_, sink_);
    parser_->eager(true);
    parser_->skip(bodiless_);
}

// 101 is none: nothing follows it that could be read here.
bool answer_reader::is_interim() const
{
    return parser_->is_done() && into_.status / 100 == 1 && into_.status != switching_protocols;
}

result<void> answer_reader::put(std::string_view bytes)
{
    waiting_ += bytes;
    while (!waiting_.empty() && !parser_->is_done()) {
        if (parser_->is_header_done() && parser_->chunked() && waiting_.size() < last_chunk_bytes)
            break;
        error_code error;
        auto const used = parser_->put({waiting_.data(), waiting_.size()}, error);
        waiting_.erase(0, used);
        if (error == http::error::need_more)
            break;
        if (error == http::error::body_limit)
            return failure{failure_kind::invalid,
                           "the answer is larger than " + std::to_string(answer_bytes_max >> 20) + " MiB"};
        if (error == boost::system::errc::operation_canceled)
            return failure{failure_kind::io, "what was received can't be written"};
        if (error)
            return failure{failure_kind::invalid, "no HTTP answer: " + error.message()};
        if (is_interim()) {
            if (++interim_ > interim_max)
                return failure{failure_kind::invalid, "announcements (1xx) without an answer"};
            begin();
        }
        if (used == 0)
            break;
    }
    return {};
}

result<void> answer_reader::end()
{
    error_code error;
    if (!parser_->is_done() && parser_->got_some())
        parser_->put_eof(error);
    return error || !parser_->is_done() ? cut_off() : result<void>();
}

failure answer_reader::cut_off() const
{
    return {failure_kind::unavailable, parser_->got_some() ? "the answer broke off" : "no answer"};
}

bool answer_reader::done() const
{
    return parser_->is_done();
}

bool answer_reader::keeps_alive() const
{
    return parser_->is_done() && parser_->keep_alive() && waiting_.empty();
}

}  // namespace bbstream::rest
