#include "normalize/observed_comments.hpp"

#include "normalize/datacenter/comment.hpp"

namespace bbstream::normalize::datacenter {

namespace {

void add(event::comment const& of, object const& from, bool deleted, std::vector<observed_comment>& to)
{
    if (of.state == "pending" || bool_member(from, "pending").value_or(false))
        return;
    bool const edited = of.version.value_or(0) > 0;
    to.push_back({&of, deleted, is_resolved(of, from),
                  edited ? std::optional(event::revision{of.version, std::nullopt}) : std::nullopt});
}

void add_replies(event::comment const& of, object const& from, std::vector<observed_comment>& to, arena& memory)
{
    auto const replies = array_member(from, "comments");
    if (!replies)
        return;
    for (element const each : *replies) {
        auto const fields = as_object(each);
        auto const* reply = fields ? read_reply(*fields, of.id, memory) : nullptr;
        if (!reply)
            continue;
        add(*reply, *fields, false, to);
        add_replies(*reply, *fields, to, memory);
    }
}

}  // namespace

// An activity shows a comment as it is now, whatever was done to it then.
std::vector<observed_comment> read_observed_comments(array const& values, arena& memory)
{
    std::vector<observed_comment> seen;
    for (element const each : values) {
        auto const activity = as_object(each);
        auto const from = activity ? object_member(*activity, "comment") : std::nullopt;
        auto const* of = from ? read_comment(*activity, memory) : nullptr;
        if (!of)
            continue;
        add(*of, *from, text_member(*activity, "commentAction") == "DELETED", seen);
        add_replies(*of, *from, seen, memory);
    }
    return seen;
}

}  // namespace bbstream::normalize::datacenter
