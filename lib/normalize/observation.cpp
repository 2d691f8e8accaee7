#include "normalize/observation.hpp"

#include <algorithm>

namespace bbstream::normalize {

observation read_observation(std::optional<object> const& meta)
{
    observation read;
    if (!meta)
        return read;
    read.asof = number_member(*meta, "asof").value_or(0);
    read.page = number_member(*meta, "page").value_or(0);
    read.next = filled_member(*meta, "next");
    read.date = std::min<std::uint64_t>(number_member(*meta, "date").value_or(0), INT64_MAX);
    read.grace = number_member(*meta, "grace").value_or(0);
    read.fresh = bool_member(*meta, "fresh").value_or(false);
    read.first_commits = bool_member(*meta, "first_commits").value_or(false);
    read.ref = filled_member(*meta, "ref");
    read.id = number_member(*meta, "id").value_or(0);
    read.pipeline = filled_member(*meta, "pipeline");
    read.run = number_member(*meta, "run").value_or(1);
    read.deployment = filled_member(*meta, "deployment");
    read.found = bool_member(*meta, "found").value_or(true);
    read.newest = number_member(*meta, "newest").value_or(0);
    read.last = bool_member(*meta, "last").value_or(false);
    read.commit = filled_member(*meta, "commit");
    read.heads = array_member(*meta, "heads");
    read.told = array_member(*meta, "told");
    read.most = std::min<std::uint64_t>(number_member(*meta, "most").value_or(0), UINT32_MAX);
    read.loss = bool_member(*meta, "loss").value_or(true);
    read.cut = bool_member(*meta, "cut").value_or(false);
    read.request = filled_member(*meta, "request");
    read.outcome = filled_member(*meta, "outcome");
    read.since = std::min<std::uint64_t>(number_member(*meta, "since").value_or(0), UINT32_MAX);
    return read;
}

bool takes(state::walk& of, observation const& about)
{
    if (about.page != 0 && about.page != of.pages)
        return false;
    of.pages = about.next ? static_cast<std::uint32_t>(about.page + 1) : 0;
    of.next = about.next.value_or(std::string_view());
    return true;
}

micros mark_of_walk(micros latest, state::seconds began)
{
    constexpr micros second = 1'000'000;
    return std::min<micros>(latest, began * second);
}

}  // namespace bbstream::normalize
