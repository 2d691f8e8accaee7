// Hooks as rows: the cells that both products' columns have, in this order.
#pragma once

#include <cstddef>

namespace bbstream::hooks {

enum hook_cell : std::size_t {
    id_cell,
    url_cell,
    name_cell,
    active_cell,
    verifies_cell,
    has_secret_cell,
    secret_cell,
    events_cell,
    created_cell,
    hook_cells,
};

}  // namespace bbstream::hooks
