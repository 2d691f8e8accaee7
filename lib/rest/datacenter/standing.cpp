#include "rest/datacenter/standing.hpp"

#include "rest/datacenter/targets.hpp"
#include "rest/json.hpp"

namespace bbstream::rest::datacenter {

request standing_request(std::string const& base)
{
    request one;
    one.target = users_target(base).query("limit", "1").text();
    return one;
}

standing read_standing(response const& answer)
{
    if (answer.status == 401 || answer.status == 403)
        return standing::nobody;
    json_document document;
    return answer.ok() && document.parse(answer.body)["values"].is_array() ? standing::known : standing::unclear;
}

}  // namespace bbstream::rest::datacenter
