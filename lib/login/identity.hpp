// The end of a login: tokens for the code, and who has logged in.
#pragma once

#include "credential/grant.hpp"
#include "rest/oauth_endpoint.hpp"

namespace bbstream::login {

// Tokens for the code that the browser has brought (RFC 6749 section 4.1.3). Errors: those of read_token_answer().
net::task<result<credential::grant>> exchange_code(rest::transport& over, rest::oauth_consumer const& as,
                                                   std::string code, credential::secret_text verifier);

struct identity {
    std::string account;  // empty where Bitbucket does not say
    std::string person;
};

// Who the token stands for. A token that may not ask this is no error. Errors: the transport's; permanent.
net::task<result<identity>> who_is(rest::transport& over, config::instance const& with,
                                   credential::secret_text access_token);

}  // namespace bbstream::login
