// What the browser is sent to Bitbucket with (RFC 6749 section 4.1.1, RFC 7636).
#pragma once

#include "config/config.hpp"
#include "credential/secret_text.hpp"

#include <string>

namespace bbstream::login {

struct authorization_request {
    std::string url;                   // for the browser; holds no secret but the state
    credential::secret_text state;     // what the browser must bring back
    credential::secret_text verifier;  // what the code is exchanged with
};

// With fresh randomness. `authorize_url` may have a query.
authorization_request make_authorization_request(std::string const& authorize_url, std::string const& client_id,
                                                 std::string const& redirect_uri, std::string const& scope);

// PKCE's S256 of a verifier.
std::string code_challenge(std::string_view verifier);

// Which scope to ask for. Cloud's are those of the consumer: none. Data Center gives next to none unless asked: what
// auth.uses takes, and administration for admin_auth, or for whoever keeps the webhooks.
std::string scope_to_ask(config::instance const& with, config::auth const& who, bool is_admin);

}  // namespace bbstream::login
