#include "normalize/observed_comments.hpp"

#include "normalize/cloud/comment.hpp"

#include <cstdlib>

namespace bbstream::normalize::cloud {

namespace {

// Of what is one moment, Cloud shows times that are so close.
constexpr micros moment = 1'000'000;

bool is_one_moment(std::optional<micros> one, std::optional<micros> other)
{
    return one && other && std::abs(*one - *other) < moment;
}

// It was updated when it was made, too; and whether resolving it updates it is documented nowhere.
std::optional<event::revision> last_edit(event::comment const& of)
{
    if (!of.updated_at || is_one_moment(of.updated_at, of.created_at) || is_one_moment(of.updated_at, of.resolved_at))
        return std::nullopt;
    return event::revision{std::nullopt, of.updated_at};
}

}  // namespace

std::vector<observed_comment> read_observed_comments(array const& values, arena& memory)
{
    std::vector<observed_comment> seen;
    for (element const each : values) {
        auto const from = as_object(each);
        auto const* of = from ? read_own_comment(*from, memory) : nullptr;
        if (of && of->state != "pending")
            seen.push_back(
                {of, bool_member(*from, "deleted").value_or(false), of->state == "resolved", last_edit(*of)});
    }
    return seen;
}

}  // namespace bbstream::normalize::cloud
