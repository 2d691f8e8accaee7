// What an OAuth token endpoint answers (RFC 6749 sections 5.1 and 5.2).
#pragma once

#include "rest/message.hpp"

#include <chrono>

namespace bbstream::rest {

struct token_answer {
    std::string access_token;
    std::string refresh_token;  // empty: none
    std::string scope;          // separated by blanks; Bitbucket's older "scopes" is taken too
    std::chrono::seconds expires_in{3600};
};

// Errors: permanent, with what the endpoint says (never a token), unavailable for a 429 or 5xx.
result<token_answer> read_token_answer(response const& from);

}  // namespace bbstream::rest
