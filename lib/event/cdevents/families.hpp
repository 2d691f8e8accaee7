// What each family of events is as a CDEvent; nothing where it is none. `which` is what the event's type says; some
// look closer.
#pragma once

#include "event/cdevents/kinds.hpp"

#include <optional>

namespace bbstream::event::cdevents {

using made = std::optional<cdevent>;

made of_repository(event const& what, kind which);
made of_ref(event const& what, kind which);  // which: that of a branch
made of_commit(event const& what, kind which);
made of_change(event const& what, kind which);
made of_comment(event const& what, kind which);
made of_pipeline_run(event const& what, kind which);
made of_task_run(event const& what, kind which);
made of_build_status(event const& what, kind which);
made of_deployment(event const& what, kind which);
made of_ticket(event const& what, kind which);

}  // namespace bbstream::event::cdevents
