// A server that repeats in a refusal what it was sent would bring a secret into errors and logs: it is struck out.
#pragma once

#include <string>
#include <string_view>

namespace bbstream::rest {

// Strikes a secret out wherever it stands: as it is, escaped as in JSON (also twice) or percent-encoded, whole or
// its first 16 bytes and more. One of less than 8 bytes stays: it would strike out ordinary words.
void strike_out(std::string& said, std::string_view secret);

// The same with the value of an Authorization header: what follows the scheme, of base64 with or
// without padding, and of Basic the password.
void strike_out_authorization(std::string& said, std::string_view header);

}  // namespace bbstream::rest
