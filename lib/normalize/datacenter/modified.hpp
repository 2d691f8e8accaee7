// `old` and `new` of `repo:modified` and `project:modified`, Bitbucket Data Center 5.4 and 8.8 on.
#pragma once

#include "event/repository_fact.hpp"
#include "normalize/read.hpp"

namespace bbstream::normalize::datacenter {

// A project; `id` is its identity.
event::project_entity read_project(object const& from, std::string_view id);

// By the fields of our model, equal ones left out.
event::field_changes repository_changes(object const& before, object const& after, arena& memory);
event::field_changes project_changes(object const& before, object const& after, arena& memory);

}  // namespace bbstream::normalize::datacenter
