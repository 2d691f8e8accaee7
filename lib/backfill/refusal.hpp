// What a request that brought nothing means for those to come.
#pragma once

#include "base/failure.hpp"
#include "rest/message.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace bbstream::backfill {

enum class refusal : std::uint8_t {
    later,         // Bitbucket or the way there is away: try again
    unauthorized,  // the credential is none: the whole instance waits
    forbidden,     // the credential may not see this
    absent,        // it is not there
    removed,       // Atlassian has taken the resource away
    stopped,       // by us
};

refusal refusal_of(rest::response const& answer);
// A request that got no answer.
refusal refusal_of(failure const& why);
// Such an answer in a line for people: "status 401: the credential is refused".
std::string status_text(rest::response const& answer);

// Whether an answer that is no page means that Bitbucket does not know the place any more where a listing stood, so
// that it must begin anew. Who is busy or away (429, 502 to 504), or refuses the credential, says nothing of the place.
bool has_lost_place(rest::response const& answer);

// How long what was refused is left alone. (later: as the schedule says.)
std::chrono::milliseconds left_alone_for(refusal why);

std::string_view refusal_name(refusal which);

}  // namespace bbstream::backfill
