// What is remembered of polling, as the bytes of a checkpoint (FORMAT.md), and back.
#pragma once

#include "state/checkpoint_bytes.hpp"
#include "state/reconciliation.hpp"

namespace bbstream::state {

void write(checkpoint_writer& to, reconciliation const& what);
void read(checkpoint_reader& from, reconciliation& into);

}  // namespace bbstream::state
