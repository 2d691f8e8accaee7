// The part of the fold that knows what REST shows of build statuses.
#include "normalize/observed_statuses.hpp"
#include "normalize/record_fold.hpp"

namespace bbstream::normalize {

// Of one commit, or none where it is not found. What is there when the repository is first looked at is no news, unless
// the commit itself was.
void record_fold::fold_statuses(observation const& about, object const& body)
{
    if (!about.commit)
        return;
    mapping in(*this, body);
    tell_statuses(in, about);
    if (about.last)
        note_statuses_seen(in);
}

void record_fold::tell_statuses(mapping& in, observation const& about)
{
    auto const list = array_member(in.body(), "values");
    if (!list)
        return;
    std::string_view commit = *about.commit;
    auto const shown = memory_.array<observed_status>(list->size());
    std::size_t count = 0;
    for (element const each : *list)
        if (auto const from = as_object(each))
            if (auto const seen = read_observed_status(record_->product, *from, commit, memory_))
                shown[count++] = *seen;
    if (count > 0)
        commit = shown[0].commit;  // whole, whatever it was asked for by
    bool const news = about.fresh || expects_statuses(in, commit);
    for (auto const& each : shown.first(count))
        add_observed_status(in, each, news);
}

}  // namespace bbstream::normalize
