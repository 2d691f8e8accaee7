// SHA-1 and SHA-256 of short texts and of bodies, by OpenSSL. SHA-1 serves identifiers (RFC 9562 UUIDv5), not security.
#pragma once

#include <array>
#include <string_view>

namespace bbstream::event {

using sha1_digest = std::array<unsigned char, 20>;
using sha256_digest = std::array<unsigned char, 32>;

// Of both texts, one after the other.
sha1_digest sha1(std::string_view first, std::string_view second = {});
sha256_digest sha256(std::string_view first, std::string_view second = {});

}  // namespace bbstream::event
