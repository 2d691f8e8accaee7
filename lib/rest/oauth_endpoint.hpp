// Where a product's OAuth is spoken to, and how it is asked for tokens (RFC 6749).
#pragma once

#include "config/config.hpp"
#include "net/web_address.hpp"
#include "rest/token_answer.hpp"
#include "rest/transport.hpp"

namespace bbstream::rest {

// auth.authorize_url and auth.token_url, else the product's.
std::string authorize_url(config::instance const& with, config::auth const& who);
std::string token_url(config::instance const& with, config::auth const& who);

// A registered client ("consumer") at its token endpoint.
struct oauth_consumer {
    net::web_address token_endpoint;
    std::string id;
    std::string secret;
    std::string redirect_uri;
    bool by_form = false;  // Data Center wants id and secret among the form's members, Cloud as HTTP Basic
};

// Errors: those of parse_web_address() and config::resolve(); invalid where auth.secret is missing.
result<oauth_consumer> consumer_of(config::instance const& with, config::auth const& who);

using form = std::vector<std::pair<std::string_view, std::string_view>>;

// One request for tokens. Errors: the transport's.
net::task<result<response>> ask_for_token(transport& over, oauth_consumer const& as, form what);

}  // namespace bbstream::rest
