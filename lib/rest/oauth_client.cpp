// The client credentials grant: one request for a token for all who need it at the same time.
#include "net/web_address.hpp"
#include "rest/authorization.hpp"
#include "rest/echo.hpp"
#include "rest/joint_renewal.hpp"
#include "rest/target.hpp"
#include "rest/token_answer.hpp"
#include "rest/transport.hpp"

#include <algorithm>

namespace bbstream::rest {
namespace {

using clock = std::chrono::steady_clock;

// A token is renewed so long before its end.
constexpr std::chrono::seconds renewed_before{90};

class client : public authorization {
   public:
    client(net::executor on, oauth_client who, net::web_address token_endpoint, transport& over)
        : who_(std::move(who)), token_endpoint_(std::move(token_endpoint)), over_(over), renewal_(on)
    {
    }

    net::task<result<std::string>> header() override
    {
        if (token_.empty() || clock::now() >= renew_at_) {
            joint_renewal::deed const deed = [this] { return fetch(); };
            auto const fetched = co_await renewal_.join(deed);
            if (!fetched)
                co_return fetched.error();
        }
        co_return "Bearer " + token_;
    }

    bool refused(std::string_view header) override
    {
        // Another may have fetched a new one meanwhile.
        if (header.ends_with(token_))
            token_.clear();
        return true;
    }

   private:
    net::task<result<void>> fetch()
    {
        request ask;
        ask.how = method::post;
        ask.target = token_endpoint_.path;
        ask.content_type = "application/x-www-form-urlencoded";
        ask.body = "grant_type=client_credentials";
        header_list headers;
        auto const credential = basic_authorization(who_.id, who_.secret);
        headers.emplace_back("Authorization", credential);
        auto answer = co_await over_.send(token_endpoint_, ask, std::move(headers));
        if (!answer)
            co_return answer.error();
        if (!answer->ok())
            strike_out_authorization(answer->body, credential);
        auto read = read_token_answer(*answer);
        if (!read)
            co_return read.error();
        token_ = std::move(read->access_token);
        renew_at_ = clock::now() + std::max(read->expires_in - renewed_before, read->expires_in / 2);
        co_return result<void>();
    }

    oauth_client const who_;
    net::web_address const token_endpoint_;
    transport& over_;
    std::string token_;
    clock::time_point renew_at_;
    joint_renewal renewal_;
};

}  // namespace

result<std::unique_ptr<authorization>> client_authorization(net::executor on, oauth_client who, transport& over)
{
    auto endpoint = net::parse_web_address(who.token_url);
    if (!endpoint)
        return endpoint.error();
    return std::unique_ptr<authorization>(std::make_unique<client>(on, std::move(who), std::move(*endpoint), over));
}

}  // namespace bbstream::rest
