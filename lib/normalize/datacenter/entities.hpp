// Users, repositories, commits of Bitbucket Data Center 5 to 10.
#pragma once

#include "normalize/read.hpp"

namespace bbstream::normalize::datacenter {

event::actor read_user(object const& from, arena& memory);

// `author`, `committer`: {name, emailAddress}, or a whole user whose `name` is the login; nothing where it is absent.
std::optional<event::git_person> read_person(std::optional<object> const& from);

// `id` is the repository's identity, as found by repository_id.
event::repository read_repository(object const& from, std::string_view id, arena& memory);

// `repository_url` is links.self of the repository, from which a commit's address is built.
event::commit read_commit(object const& from, event::text repository_url, arena& memory);

}  // namespace bbstream::normalize::datacenter
