// The key of [state] key, that what is kept on this machine is sealed with.
#pragma once

#include "base/failure.hpp"
#include "config/config.hpp"
#include "credential/secret_text.hpp"

#include <array>
#include <span>

namespace bbstream::credential {

inline constexpr std::size_t sealing_key_bytes = 32;

// Wiped at its end.
class sealing_key {
   public:
    explicit sealing_key(std::span<unsigned char const, sealing_key_bytes> bytes);
    sealing_key(sealing_key const& other) = default;
    sealing_key& operator=(sealing_key const& other) = default;
    ~sealing_key();

    unsigned char const* data() const { return bytes_.data(); }

   private:
    std::array<unsigned char, sealing_key_bytes> bytes_;
};

// 32 bytes as they are, or as text in hexadecimal or base64; one newline at the text's end does not count. Errors:
// invalid; the text is not shown.
result<sealing_key> parse_sealing_key(std::string_view text);

// Errors: those of config::resolve() and parse_sealing_key(), with the key's name in the configuration.
result<sealing_key> read_sealing_key(config::secret_reference const& where);

// A new one, as 64 hexadecimal digits.
secret_text new_key_text();

// Makes a file with a new key, for its owner alone, and never replaces one. Errors: io.
result<void> make_key_file(std::string const& path);

}  // namespace bbstream::credential
