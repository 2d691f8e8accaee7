// Secrets by reference: the configuration says where one is, this reads it. No message ever shows one.
#pragma once

#include "base/failure.hpp"
#include "config/config.hpp"

#include <map>
#include <string>
#include <string_view>

namespace bbstream::config {

// A key, token or password larger than this is a wrong file.
inline constexpr std::size_t secret_bytes_max = 64 * 1024;

// "file:PATH" and "credential:NAME" (from $CREDENTIALS_DIRECTORY; outside the unit from systemd's directory of the
// service) lose one trailing newline; "env:NAME" is taken as it is. Errors: io or invalid, naming the reference and the
// cure; an empty secret is none.
result<std::string> resolve(secret_reference const& reference);

// The same for what may be no text: a file's newline at its end stays.
result<std::string> resolve_bytes(secret_reference const& reference);

// Whether the value of this librdkafka property is a secret.
bool is_secret_property(std::string_view name);

// kafka.properties ready for librdkafka: those that hold a secret (sasl.password, ssl.key.password, ...) may be given
// as a reference, and are resolved. Errors: as resolve(), with the property's name before it.
result<std::map<std::string, std::string>> resolve_properties(kafka const& from);

}  // namespace bbstream::config
