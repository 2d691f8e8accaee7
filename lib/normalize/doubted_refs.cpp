#include "normalize/doubted_refs.hpp"

#include "event/event_id.hpp"
#include "normalize/state_key.hpp"

namespace bbstream::normalize {

std::vector<doubted_ref> doubted_refs(state::shard& in, state::reconciliation const& of, std::string_view instance,
                                      std::string_view repository)
{
    std::vector<doubted_ref> all;
    event::fact_name name;
    for (auto const& doubt : of.doubts) {
        state::ref_state known;
        in.find_ref(state_key(name.begin("head", instance).part(repository).part(doubt.name)), known);
        if (known.head == doubt.seen)
            continue;
        // One that never moved stood there when all refs were last looked at.
        all.push_back({doubt.name, known.head, doubt.seen, known.moved != 0 ? known.moved : of.looked});
    }
    return all;
}

}  // namespace bbstream::normalize
