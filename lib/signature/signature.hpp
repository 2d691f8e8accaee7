// Bitbucket's webhook signature: HMAC-SHA256 over the raw body, keyed with the hook's secret.
//
// Both products send it as `X-Hub-Signature: sha256=` and 64 lower-case hex digits. (GitHub's header of that name is
// SHA-1, and Bitbucket's own libraries would accept other digests by prefix: neither is accepted here.)
#pragma once

#include "base/failure.hpp"

#include <openssl/types.h>

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::signature {

using digest = std::array<unsigned char, 32>;

// The digest that a header's value claims; nothing for any other syntax than the one above.
std::optional<digest> parse_header(std::string_view value);

// The header's value for a body. Errors: invalid for an empty secret.
result<std::string> sign(std::string_view secret, std::string_view body);

// Checks bodies against every live secret of a hook. Not for use by several threads at once: one a reactor.
class verifier {
   public:
    // Errors: invalid for an empty secret.
    static result<verifier> make(std::span<std::string const> secrets);

    // Whether one of the secrets gives this digest. Takes the same time whichever it is, and if it is none: every
    // secret is tried and every comparison runs to its end.
    bool matches(digest const& claimed, std::string_view body) { return which(claimed, body).has_value(); }
    // The same, and which one: its place in the list.
    std::optional<std::size_t> which(digest const& claimed, std::string_view body);

    bool has_secrets() const { return !keyed_.empty(); }

   private:
    struct release {
        void operator()(EVP_MAC_CTX* context) const;
    };
    // One context a secret, keyed once and begun again for each body, which is much cheaper than keying a new one.
    std::vector<std::unique_ptr<EVP_MAC_CTX, release>> keyed_;

    friend result<std::string> sign(std::string_view secret, std::string_view body);
    static result<std::unique_ptr<EVP_MAC_CTX, release>> key(std::string_view secret);
    static bool digest_of(EVP_MAC_CTX* keyed, std::string_view body, digest& out);
};

}  // namespace bbstream::signature
