#include "normalize/comment_page.hpp"

#include "normalize/cloud/comment_thread.hpp"
#include "normalize/datacenter/comment_thread.hpp"
#include "normalize/state_key.hpp"
#include "normalize/subjects.hpp"

#include <algorithm>
#include <string>

namespace bbstream::normalize {

comment_page::comment_page(mapping& in, product platform, event::pull_request const& on,
                           std::optional<known_discussion> const& before, sighting const& how, state::discussion& of)
    : in_(in), cloud_(platform == product::cloud), on_(on), before_(before), how_(how), of_(of)
{
}

// In the order in which it happened, as far as that is known.
void comment_page::look_at(observed_comment const& seen)
{
    note(seen);
    event::pull_request_comment const what{&on_, seen.of};
    tell_created(what);
    bool const flips = !seen.deleted && tell_flip(seen, what);
    if (seen.edit && !seen.deleted && !flips)  // which of the two the last edit was does not show
        tell_edit(what, *seen.edit);
    if (seen.deleted)
        tell_deleted(what, is_later(seen.of->updated_at) || is_later(seen.of->created_at) || was_there(*seen.of) ||
                               in_.is_told(in_.facts().pull_request_comment_created(on_.id, seen.of->id)));
}

void comment_page::look_for_absent()
{
    if (!before_)
        return;
    for (auto const id : before_->comments) {
        if (of_.seen.contains(id))
            continue;
        event::comment gone;
        gone.id = in_.memory().join({std::to_string(id)});
        tell_deleted({&on_, in_.memory().keep(gone)}, true);
    }
}

void comment_page::note(observed_comment const& seen)
{
    auto const id = parse_number(seen.of->id);
    if (id && !seen.deleted)
        of_.seen.insert(*id);
    for (auto const at : {seen.of->created_at, seen.of->updated_at, seen.of->resolved_at})
        of_.latest = std::max(of_.latest, at.value_or(0));
}

void comment_page::tell_created(event::pull_request_comment const& what)
{
    auto const id = in_.facts().pull_request_comment_created(on_.id, what.comment->id);
    if (!in_.is_told(id) && is_later(what.comment->created_at) && believes(id))
        add(event::type::pullrequest_comment_created, id, what, what.comment->created_at);
}

void comment_page::tell_edit(event::pull_request_comment const& what, event::revision const& edit)
{
    auto const id = in_.facts().pull_request_comment_updated(on_.id, what.comment->id, edit);
    bool const told = in_.is_told(id) || (!cloud_ && datacenter::was_flipped(in_, what));
    if (!told && is_later(what.comment->updated_at) && believes(id))
        add(event::type::pullrequest_comment_updated, id, what, what.comment->updated_at);
}

bool comment_page::tell_flip(observed_comment const& seen, event::pull_request_comment const& what)
{
    bool const known = cloud_ ? cloud::is_resolved_thread(in_, what) : datacenter::is_resolved_thread(in_, what);
    if (known == seen.resolved)
        return false;
    auto const resolved_at = what.comment->resolved_at ? what.comment->resolved_at : what.comment->updated_at;
    if (seen.resolved && !is_later(resolved_at)) {
        cloud_ ? cloud::take_resolved(in_, what) : datacenter::take_resolved(in_, what);
        return false;
    }
    auto facts = in_.facts();
    auto fact = seen.resolved ? facts.comment_resolved(on_.id, what.comment->id)
                              : facts.comment_reopened(on_.id, what.comment->id);
    if (!believes(fact.id(0)))
        return true;
    if (!cloud_)
        datacenter::add_flip(in_, what, seen.resolved, seen.resolved ? resolved_at : std::nullopt);
    else if (seen.resolved)
        cloud::add_resolved(in_, what, resolved_at);
    else
        cloud::add_reopened(in_, what, std::nullopt);
    return true;
}

void comment_page::tell_deleted(event::pull_request_comment const& what, bool news)
{
    auto const id = in_.facts().pull_request_comment_deleted(on_.id, what.comment->id);
    if (news && !in_.is_told(id) && believes(id))
        add(event::type::pullrequest_comment_deleted, id, what, what.comment->updated_at);
}

void comment_page::add(event::type type, event::uuid const& id, event::pull_request_comment const& what,
                       std::optional<micros> at)
{
    if (auto* made = in_.add_once(type, id, comment_subject(what, in_.memory()), at))
        made->data = what;
}

bool comment_page::was_there(event::comment const& what) const
{
    auto const id = parse_number(what.id);
    return before_ && id && std::ranges::binary_search(before_->comments, *id);
}

bool comment_page::believes(event::uuid const& fact)
{
    auto const key = state_key(fact);
    auto const doubt = std::ranges::find(of_.doubts, key, &state::comment_doubt::fact);
    if (doubt == of_.doubts.end()) {
        of_.doubts.push_back({key, how_.at, how_.at});
        return false;
    }
    doubt->seen = how_.at;
    if (how_.at < doubt->since || how_.at - doubt->since < how_.grace)
        return false;
    of_.doubts.erase(doubt);
    return true;
}

}  // namespace bbstream::normalize
