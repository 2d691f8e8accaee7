// Bytes that nobody can foretell, from the operating system: for identities, salts and UUIDs.
#pragma once

#include <span>

namespace bbstream {

// Throws std::exception where the system gives none, which does not happen once it has booted.
void fill_random(std::span<unsigned char> bytes);

}  // namespace bbstream
