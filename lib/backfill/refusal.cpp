#include "backfill/refusal.hpp"

namespace bbstream::backfill {

refusal refusal_of(rest::response const& answer)
{
    switch (answer.status) {
        case 401:
            // Data Center says so to someone whom it knows, too.
            return answer.header("x-ausername").empty() ? refusal::unauthorized : refusal::forbidden;
        case 403:
            return refusal::forbidden;
        case 404:
            return refusal::absent;
        case 410:
            return refusal::removed;
        default:
            return refusal::later;
    }
}

// What no other request of the instance would fare better with is that its credential, certificate or proxy is refused.
refusal refusal_of(failure const& why)
{
    return why.kind == failure_kind::permanent ? refusal::unauthorized : refusal::later;
}

std::string status_text(rest::response const& answer)
{
    return "status " + std::to_string(answer.status) +
           (refusal_of(answer) == refusal::unauthorized ? ": the credential is refused" : "");
}

bool has_lost_place(rest::response const& answer)
{
    switch (answer.status) {
        case 401:
        case 403:
        case 408:
        case 429:
        case 502:
        case 503:
        case 504:
        case 555:  // Cloud's own: it took too long
            return false;
        default:  // 400, 404, 410; and 500, since what fails at one place for ever would never end
            return !answer.ok();
    }
}

std::chrono::milliseconds left_alone_for(refusal why)
{
    using std::chrono::hours;
    switch (why) {
        case refusal::unauthorized:
            return std::chrono::minutes(10);
        case refusal::forbidden:
        case refusal::absent:
            return hours(24);
        case refusal::removed:
            return hours(24 * 365 * 10);  // until a restart
        case refusal::later:
        case refusal::stopped:
            break;
    }
    return {};
}

std::string_view refusal_name(refusal which)
{
    switch (which) {
        case refusal::unauthorized:
            return "unauthorized";
        case refusal::forbidden:
            return "forbidden";
        case refusal::absent:
            return "absent";
        case refusal::removed:
            return "removed";
        case refusal::stopped:
            return "stopped";
        case refusal::later:
            break;
    }
    return "failed";
}

}  // namespace bbstream::backfill
