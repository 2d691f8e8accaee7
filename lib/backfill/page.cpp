#include "backfill/page.hpp"

#include <algorithm>

namespace bbstream::backfill {

bool all_before(page const& of, std::string_view time_member, micros than)
{
    auto const values = of.values();
    return values && std::ranges::all_of(*values, [&](auto const& each) {
               auto const fields = normalize::as_object(each);
               auto const at = fields ? normalize::time_member(*fields, time_member) : std::nullopt;
               return at && *at < than;
           });
}

}  // namespace bbstream::backfill
