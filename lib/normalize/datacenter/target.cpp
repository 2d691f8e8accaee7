#include "normalize/datacenter/target.hpp"

#include "normalize/datacenter/needed.hpp"

namespace bbstream::normalize::datacenter {

target former_target(object const& body, arena& memory)
{
    if (auto const from = object_member(body, "previousTarget"))
        return {filled_member(*from, "id"), hash_member(*from, "latestCommit", memory)};
    return {std::nullopt, hash_member(body, "previousToHash", memory)};
}

void add_target_updated(mapping& in, event::pull_request const& of, target const& before)
{
    auto const& now = of.target;
    if (!now.ref) {
        in.add_unknown(make_flaw(event::unknown_reason::missing_fields, {}, "pullRequest.toRef.id", in.memory()));
        return;
    }
    auto const head = needed_head(in, "toRef");
    if (!head)
        return;
    auto const machine = in.machine("target", {std::to_string(of.id)});
    auto* made =
        in.add_move(event::type::pullrequest_target_updated, machine, in.facts().target_updated(of.id, *now.ref, *head),
                    pull_request_subject(of, in.memory()), of.updated_at);
    if (made)
        made->data = event::pull_request_target_updated{&of, before.ref, now.ref, before.head, now.head};
}

}  // namespace bbstream::normalize::datacenter
