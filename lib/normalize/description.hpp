// What is remembered of a repository itself, so that a change of it shows: the fields of which events tell, packed.
#pragma once

#include "base/product.hpp"
#include "event/field_change.hpp"
#include "normalize/read.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace bbstream::normalize {

struct description {
    event::text name;
    event::text slug;
    event::text full_name;
    event::text about;
    event::text website;
    event::text language;
    event::text project_id;
    event::text owner_id;
    event::text project_key;  // no event tells of it
    std::optional<bool> is_private;
    std::optional<bool> archived;
};

// As either product's REST API describes it.
description describe(product platform, object const& repository, arena& memory);

// Of a long text only the digest.
std::string pack(description const& from);
// Views into `packed`; a long text is nothing.
description unpack(std::string_view packed);

// What leads from the one to the other, equal sides left out, fields as our model calls them.
event::field_changes changes_between(std::string_view packed, description const& now, arena& memory);

// The same repository after changes that a webhook tells.
std::string changed(std::string_view packed, event::field_changes by);
// Whether all that they lead to is so already.
bool has_all(std::string_view packed, event::field_changes of);

}  // namespace bbstream::normalize
