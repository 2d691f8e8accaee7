// Build statuses of commits as REST lists them: the last one of each key.
#pragma once

#include "event/build.hpp"
#include "normalize/mapping.hpp"

namespace bbstream::normalize {

struct observed_status {
    event::build_status status;
    std::string_view commit;  // as ids take it
};

// `commit`: of which it was asked for, where the status does not name its own. Nothing where it lacks what its id
// needs.
std::optional<observed_status> read_observed_status(product platform, object const& from, std::string_view commit,
                                                    arena& memory);

// Whether what is seen first is news: the statuses of the repository have been looked at before, or the commit came
// later than that.
bool expects_statuses(mapping& in, std::string_view commit);
void note_statuses_seen(mapping& in);

// Its event, if it is later than what was last seen of its key. `news`: what is seen first is told, too.
void add_observed_status(mapping& in, observed_status const& seen, bool news);

namespace cloud {
std::optional<observed_status> read_observed_status(object const& from, std::string_view commit, arena& memory);
}
namespace datacenter {
std::optional<observed_status> read_observed_status(object const& from, std::string_view commit, arena& memory);
}

}  // namespace bbstream::normalize
