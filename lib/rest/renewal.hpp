// When a person's tokens are renewed, and what becomes of them. Pure; no clock, no I/O.
#pragma once

#include "credential/grant.hpp"
#include "rest/token_answer.hpp"

namespace bbstream::rest {

// Whether the access token can be used: long enough before its end, and not the one that Bitbucket has refused. By a
// clock that has been put back since it came nobody knows how old it is: it can't.
bool is_usable(credential::grant const& what, micros now, std::string_view refused);

// What is kept after `used`, one of its two refresh tokens, has brought an answer: the one that was used becomes the
// former one. Whose it is, and for which client, stays.
credential::grant renewed(credential::grant from, token_answer answer, credential::secret_text used, micros now);

// Whether the token endpoint says that what was granted is no more (RFC 6749 section 5.2: invalid_grant), and not that
// the client is wrong, or that it can't answer.
bool is_grant_refused(response const& answer);

}  // namespace bbstream::rest
