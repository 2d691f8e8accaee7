#include "normalize/cloud/whole_hashes.hpp"

namespace bbstream::normalize::cloud {

namespace {

void complete(event::hash& shown, event::text known)
{
    if (!shown.sha && shown.short_sha && known && known->starts_with(*shown.short_sha))
        shown.sha = known;
}

event::text known_head(mapping const& in, event::pull_request_side const& of)
{
    bool const is_here = of.repository && of.repository->id == in.who().repository_id;
    return is_here && of.ref ? in.known_head(*of.ref) : std::nullopt;
}

}  // namespace

event::pull_request const* with_whole_hashes(mapping const& in, event::pull_request const& of)
{
    auto whole = of;
    complete(whole.source.head, known_head(in, of.source));
    auto const target = known_head(in, of.target);
    complete(whole.target.head, target);
    complete(whole.merge_commit, target);  // what was merged last is where the target stands
    return in.memory().keep(whole);
}

}  // namespace bbstream::normalize::cloud
