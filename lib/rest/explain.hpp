// Answers other than a 2xx, and errors that come as one, as one line for people.
#pragma once

#include "base/product.hpp"
#include "config/config.hpp"
#include "rest/message.hpp"

namespace bbstream::rest {

struct audience {
    product platform = product::cloud;
    config::auth_kind kind = config::auth_kind::api_token;
};

// What to say of such an answer to this request: what it means, what may be the reason, what Bitbucket said. Kinds:
// unavailable where trying later may help, invalid where the request was wrong, else permanent.
failure explain(request const& what, response const& answer, audience const& to);

// The same for Jira Cloud.
failure explain_jira(request const& what, response const& answer);

// What Bitbucket itself says is wrong, bounded; may be empty.
std::string said_by_server(response const& answer);

// Whether a 2xx, too, may say that something is wrong: it is short, and speaks of an error.
bool may_be_refusal(response const& answer);

}  // namespace bbstream::rest
