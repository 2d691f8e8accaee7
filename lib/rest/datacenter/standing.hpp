// Whether Data Center knows who asks, where its answers lack X-AUSERNAME: a server with public access shows what is
// public to whoever brings a wrong token, and a proxy may take the header out.
#pragma once

#include "rest/message.hpp"

namespace bbstream::rest::datacenter {

enum class standing : std::uint8_t { known, nobody, unclear };

// What only those who are logged in may ask: a page of users. `base` as in targets.hpp.
request standing_request(std::string const& base);
standing read_standing(response const& answer);

// What nobody is told.
inline constexpr char const* not_authenticated =
    "not authenticated: the server takes the credential for nobody's, and shows only what is public";

}  // namespace bbstream::rest::datacenter
