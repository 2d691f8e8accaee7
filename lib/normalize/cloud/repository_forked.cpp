// repo:fork: `fork` is the repository that came to be, `repository` what it was forked from.
#include "normalize/cloud/keys.hpp"
#include "normalize/cloud/needed.hpp"

namespace bbstream::normalize::cloud {

namespace {

// The delivery, placed by the fork; old payloads name the fork's parent only beside it.
event::delivery const& delivery_with_parent(mapping& in)
{
    auto const& sent = in.delivery();
    auto const parent = object_member(in.body(), "repository");
    if (sent.repository->parent || !parent)
        return sent;
    auto fork = *sent.repository;
    fork.parent = {uuid_member(*parent, "uuid", in.memory()), filled_member(*parent, "full_name")};
    auto with_parent = sent;
    with_parent.shared = nullptr;
    with_parent.repository = in.memory().keep(fork);
    return *in.memory().keep(with_parent);
}

}  // namespace

void map_repository_forked(mapping& in)
{
    auto const fork = needed_object(in, "fork");
    if (!fork)
        return;
    if (!id_of_repository(product::cloud, *fork, in.memory()).value) {
        in.add_unknown_without(*fork, "uuid", "fork.uuid");
        return;
    }
    auto* made = in.add_once(event::type::repository_forked, in.facts().repository_forked(), "repository",
                             time_member(*fork, "created_on"));
    if (!made)
        return;
    made->delivery = &delivery_with_parent(in);
    made->data = event::repository_fact{nullptr, std::nullopt, made->delivery->repository};
}

}  // namespace bbstream::normalize::cloud
