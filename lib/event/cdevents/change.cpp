// Pull requests, which CDEvents call changes; and comments on anything, which they do not have.
#include "event/cdevents/content.hpp"
#include "event/cdevents/families.hpp"

namespace bbstream::event::cdevents {

namespace {

text description_of(event const& what)
{
    auto const* opened = std::get_if<pull_request_fact>(&what.data);
    return opened ? opened->pull_request->description : std::nullopt;
}

// A verdict that is taken back is no review.
bool says_nothing(event const& what)
{
    auto const* reviewed = std::get_if<pull_request_reviewed>(&what.data);
    return reviewed && reviewed->verdict == "none";
}

// What was commented on, by the subject of the comment: pullrequests/42/comments/9.
std::string_view commented(event const& what)
{
    return what.subject.substr(0, what.subject.find("/comments/"));
}

}  // namespace

made of_change(event const& what, kind which)
{
    if (says_nothing(what))
        return std::nullopt;
    auto content = object_of([&](json_writer& to) {
        if (which == kind::change_created)
            add<"description">(to, description_of(what));
        add_repository(to, what);
    });
    return make(which, std::string(what.subject), std::move(content));
}

made of_comment(event const& what, kind which)
{
    auto content = object_of([&](json_writer& to) {
        auto const& source = what.delivery->source;
        if (std::holds_alternative<pull_request_comment>(what.data))
            add_reference<"change">(to, commented(what), source);
        else if (std::holds_alternative<issue_comment_created>(what.data))
            add_reference<"ticket">(to, commented(what), source);
        else
            add_reference<"commit">(to, commented(what), source);
        add_repository(to, what);
    });
    return make(which, std::string(what.subject), std::move(content));
}

}  // namespace bbstream::event::cdevents
