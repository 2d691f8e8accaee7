#include "flow/replay.hpp"

#include "flow/dead_letter.hpp"

namespace bbstream::flow {

bool replay_selection::wants(event::event const& each) const
{
    auto const& delivery = *each.delivery;
    if (each.position.sequence < first_)
        return false;
    if ((wish_.since && delivery.received < *wish_.since) || (wish_.until && delivery.received >= *wish_.until))
        return false;
    if (wish_.repository.empty())
        return true;
    auto const* repository = delivery.repository;
    return repository && (repository->full_name == wish_.repository || repository->id == wish_.repository);
}

bool replay_selection::take(event::event const& each)
{
    if (!wants(each))
        return false;
    ++count_;
    ++by_type_[static_cast<std::size_t>(each.type)];
    if (lowest_ == 0)
        lowest_ = each.position.sequence;
    highest_ = each.position.sequence;
    return true;
}

// An event may be refused, and so may the letter that quotes it; the letter for that one is short.
result<void> put_or_bury(sink::replayer& to, event::batch& events, event::encoding const& how)
{
    for (std::size_t letters_left = 2 * events.size();; --letters_left) {
        auto done = to.put(events);
        auto const refused = to.refused();
        if (done || !refused || letters_left == 0)
            return done;
        replace_by_dead_letter(events, *refused, how, done.error().message);
    }
}

}  // namespace bbstream::flow
