// Whose record it is: the repository, or else the project, that its events are ordered by.
#pragma once

#include "base/product.hpp"
#include "normalize/read.hpp"

#include <optional>
#include <string_view>

namespace bbstream::normalize {

// An id that is longer is none.
inline constexpr std::size_t id_bytes_max = 1024;

struct record_identity {
    event::text repository_id;         // with its fallbacks
    std::optional<object> repository;  // where it was described
    bool by_name = false;              // the id is a name, since there was no id
    event::text project_id;            // where there is no repository
};

// The same where it has at most id_bytes_max; else nothing.
event::text bounded(event::text id);

// An id_member of at most id_bytes_max.
event::text bounded_id(object const& of, std::string_view name, arena& memory);

// A repository's id with its fallbacks: uuid or id, else its name.
struct repository_id {
    event::text value;
    bool by_name = false;
};
repository_id id_of_repository(product platform, object const& repository, arena& memory);

// Looks at `repository`, then at the target repository of a pull request, then where the other event keys have theirs
// (a modified repository, the place of a secret, an attribute of a pipeline's span).
record_identity identify(product platform, object const& body, arena& memory);

}  // namespace bbstream::normalize
