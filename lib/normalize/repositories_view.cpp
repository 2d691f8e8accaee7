#include "normalize/repositories_view.hpp"

#include "event/event_id.hpp"
#include "normalize/description.hpp"
#include "normalize/state_key.hpp"

#include <set>

namespace bbstream::normalize {

namespace {

state::key key_of(std::string_view instance, std::string_view repository)
{
    event::fact_name name;
    return state_key(name.begin("repository", instance).part(repository));
}

std::string text(event::text const& from)
{
    return std::string(from.value_or(std::string_view()));
}

}  // namespace

repositories_view view_repositories(state::state& of, std::string_view instance,
                                    std::vector<listed_repository> const& listed, bool complete)
{
    repositories_view seen;
    std::set<std::string_view> there;
    for (std::size_t at = 0; at < listed.size(); ++at) {
        there.insert(listed[at].id);
        auto const key = key_of(instance, listed[at].id);
        auto const* found = of.shard(state::state::shard_of(key)).find_reconciliation(key);
        seen.looked_at.push_back(found ? state::last_whole_look(*found) : 0);
        if (!found || found->itself.id.empty())
            seen.unknown.push_back(at);
        else if (found->itself.known != listed[at].packed || found->itself.absent != 0)
            seen.different.push_back(at);
    }
    if (!complete)
        return seen;
    for (std::size_t shard = 0; shard < state::shard_count; ++shard)
        of.shard(shard).each_reconciliation([&](state::key const& key, state::reconciliation const& each) {
            auto const& id = each.itself.id;
            // Shards hold all instances' repositories, and their keys say whose they are.
            if (id.empty() || key != key_of(instance, id))
                return;
            ++seen.known;
            if (there.contains(id))
                return;
            auto const is = unpack(each.itself.known);
            seen.unlisted.push_back({id, text(is.full_name), text(is.project_key)});
        });
    return seen;
}

}  // namespace bbstream::normalize
