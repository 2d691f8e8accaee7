// What events are about, as their subjects say it: paths that can be filtered by their beginnings.
#pragma once

#include "event/pull_request.hpp"
#include "normalize/arena.hpp"

#include <string>
#include <string_view>

namespace bbstream::normalize {

// "pullrequests/5"
inline std::string_view pull_request_subject(event::pull_request const& of, arena& memory)
{
    return memory.join({"pullrequests/", std::to_string(of.id)});
}

// "pullrequests/5/comments/17"
inline std::string_view comment_subject(event::pull_request_comment const& what, arena& memory)
{
    return memory.join({"pullrequests/", std::to_string(what.pull_request->id), "/comments/", what.comment->id});
}

}  // namespace bbstream::normalize
