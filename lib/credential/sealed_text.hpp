// Bytes that only the key's holder can read, and nobody can change unnoticed: XChaCha20-Poly1305 (libsodium).
//
//   0  8   "bbsealed"
//   8  4   version, little endian: 1
//  12  16  which key: BLAKE2b of a fixed text under the key
//  28  24  nonce, random
//  52  ..  ciphertext, and its tag of 16 bytes
//
// What precedes the ciphertext is authenticated too, and with it the label, which says what the text is for: a file
// that was put in another's place does not open.
#pragma once

#include "credential/sealing_key.hpp"

namespace bbstream::credential {

std::string seal(sealing_key const& key, std::string_view label, std::string_view plain);

// Errors, to follow the file's name: invalid for another key or a newer version, corrupt for what was damaged.
result<secret_text> unseal(sealing_key const& key, std::string_view label, std::string_view sealed);

}  // namespace bbstream::credential
