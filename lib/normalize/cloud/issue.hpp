// Issues of Bitbucket Cloud's own tracker, as webhooks had them from 2015 until Atlassian removed it.
#pragma once

#include "event/issue.hpp"
#include "normalize/cloud/changes.hpp"
#include "normalize/read.hpp"

namespace bbstream::normalize::cloud {

// Nothing where it has no id.
event::issue const* read_issue(object const& from, arena& memory);

// `changes` of issue:updated. Some fields are sent under two names.
event::field_changes read_issue_changes(object const& changes, arena& memory);

}  // namespace bbstream::normalize::cloud
