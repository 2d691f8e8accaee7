// What a person who logged in has granted: tokens, and whose they are.
#pragma once

#include "base/failure.hpp"
#include "base/time.hpp"
#include "credential/secret_text.hpp"

namespace bbstream::credential {

struct grant {
    std::string client_id;  // of the OAuth consumer that it was granted to
    std::string account;    // Bitbucket's own name or id of the person; may be empty
    std::string person;     // the name for people; may be empty
    std::string scopes;     // separated by blanks; may be empty
    secret_text access_token;
    secret_text refresh_token;  // empty: there is none
    // The one before it: good for a second try where the newer one is refused, as after a crash.
    secret_text former_refresh_token;
    micros expires = 0;   // of the access token
    micros obtained = 0;  // when the tokens came
    bool operator==(grant const&) const = default;
};

// Bytes, to be sealed: each member with its length before it.
secret_text encode_grant(grant const& from);
// Errors: corrupt.
result<grant> decode_grant(std::string_view bytes);

}  // namespace bbstream::credential
