#include "rest/renewal.hpp"

#include "rest/json.hpp"

#include <algorithm>

namespace bbstream::rest {
namespace {

// A token is renewed so long before its end; one that is short-lived, after half of its life.
constexpr micros renewed_before = 90'000'000;
// What a clock is put back by when it is set right now and then, which is no jump.
constexpr micros clock_step = 60'000'000;

}  // namespace

bool is_usable(credential::grant const& what, micros now, std::string_view refused)
{
    auto const early = std::min(renewed_before, (what.expires - what.obtained) / 2);
    return !what.access_token.empty() && what.access_token != refused && now < what.expires - early &&
           now >= what.obtained - clock_step;
}

credential::grant renewed(credential::grant from, token_answer answer, credential::secret_text used, micros now)
{
    from.access_token = answer.access_token;
    // A product that does not rotate gives none: the same goes on being good.
    from.refresh_token = answer.refresh_token.empty() ? used : credential::secret_text(answer.refresh_token);
    from.former_refresh_token = std::move(used);
    if (!answer.scope.empty())
        from.scopes = answer.scope;
    from.obtained = now;
    from.expires = now + std::chrono::microseconds(answer.expires_in).count();
    credential::wipe(answer.access_token);
    credential::wipe(answer.refresh_token);
    return from;
}

bool is_grant_refused(response const& answer)
{
    json_document document;
    return answer.status / 100 == 4 && document.parse(answer.body)["error"].text() == "invalid_grant";
}

}  // namespace bbstream::rest
