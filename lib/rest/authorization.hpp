// What a request says of who sends it. Fixed for tokens that people make; fetched, and renewed, for OAuth.
#pragma once

#include "net/task.hpp"
#include "rest/message.hpp"

#include <memory>

namespace bbstream::rest {

class transport;
struct user_login;

// The value of an Authorization header for a name and a password (RFC 7617).
std::string basic_authorization(std::string_view name, std::string_view password);

// Of one thread; outlives its coroutines.
class authorization {
   public:
    virtual ~authorization() = default;

    // The value of the Authorization header. Errors: unavailable; permanent where the credential is refused.
    virtual net::task<result<std::string>> header() = 0;

    // Bitbucket has refused this, which header() gave. Whether asking again may give something else.
    virtual bool refused(std::string_view header) = 0;
};

std::unique_ptr<authorization> fixed_authorization(std::string header);

// OAuth's client credentials (RFC 6749 section 4.4): the token is fetched at first use, and anew before it expires or
// when it is refused, once for all who wait. `token_url` must be an address that parse_web_address() accepts.
struct oauth_client {
    std::string token_url;
    std::string id;
    std::string secret;
};
result<std::unique_ptr<authorization>> client_authorization(net::executor on, oauth_client who, transport& over);

// What a person has granted in the browser (user_tokens.hpp): renewed before it ends, once for all who wait.
std::unique_ptr<authorization> user_authorization(net::executor on, user_login with, transport& over);

}  // namespace bbstream::rest
