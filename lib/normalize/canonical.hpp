// JSON in its canonical form (RFC 8785), for digests that say whether two are the same.
#pragma once

#include "event/event.hpp"
#include "normalize/read.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

namespace bbstream::normalize {

// Appends it: members by name, no space; of the object itself without `left_out`. Numbers are whole ones, names ASCII,
// as in all that bbstream writes.
void append_canonical(std::string& out, object const& of, std::initializer_list<std::string_view> left_out = {});

// What a snapshot shows, as its id has it: 16 hex digits of the SHA-256 of its data in canonical form, but for what
// says where the data come from (`raw`, `enrichment`) and what was cut.
std::string revision_of(event::event const& shown);

}  // namespace bbstream::normalize
