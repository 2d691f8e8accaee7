#include "daemon/leave_action.hpp"

#include "daemon/action_words.hpp"
#include "event/json_object.hpp"

#include <algorithm>

namespace bbstream::daemon {

admin_answer give_leave(backfill::polling& with, std::string_view target)
{
    auto const instance = value_of(target, "instance");
    auto const wanted = number_of(value_of(target, "requests").value_or(std::string()));
    if (!instance || wanted == 0)
        return refused(400, "the query can't be understood");
    auto const given = with.lend(*instance, static_cast<unsigned>(std::min<std::uint64_t>(wanted, rest::leave_max)));
    if (!given)
        return refused(given.error());
    return {200, event::object_of([&](event::json_writer& to) {
                to.number<"requests">(given->requests);
                to.number<"waitMs">(static_cast<std::uint64_t>(given->wait.count()));
            })};
}

}  // namespace bbstream::daemon
