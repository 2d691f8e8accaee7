#include "backfill/page.hpp"

#include "rest/json.hpp"

#include <algorithm>

namespace bbstream::backfill {

result<std::optional<std::string>> next_of(std::string_view target, std::string_view text, rest::paging by)
{
    rest::json_document document;
    auto const read = document.parse(text);
    if (!read["values"].is_array())
        return failure{failure_kind::invalid, "a page without its values"};
    auto next = by(std::string(target), read);
    if (next && *next == target)
        return failure{failure_kind::invalid, "the pages have no end"};
    return next;
}

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
