// Accounts, repositories, commits of Bitbucket Cloud (its payload documentation, and recordings since 2015).
#pragma once

#include "normalize/read.hpp"

namespace bbstream::normalize::cloud {

event::actor read_account(object const& from, arena& memory);

// `author`, `committer`, `tagger`: {raw: "Name <mail>", user: account}; nothing where neither is there.
std::optional<event::git_person> read_person(std::optional<object> const& from, arena& memory);

// `id` is the repository's identity, as found by repository_id.
event::repository read_repository(object const& from, std::string_view id, arena& memory);

// And what follows from a full name: slug, workspace, addresses to clone from, which webhooks don't carry.
void set_full_name(event::repository& of, event::text full_name, arena& memory);

event::commit read_commit(object const& from, arena& memory);

}  // namespace bbstream::normalize::cloud
