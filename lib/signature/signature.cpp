// HMAC-SHA256 by OpenSSL's EVP_MAC.
#include "signature/signature.hpp"

#include "base/hex.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

namespace bbstream::signature {
namespace {

constexpr std::string_view prefix = "sha256=";

// Looking an algorithm up takes locks and string comparisons; it is done once and kept for the process.
EVP_MAC* hmac()
{
    static EVP_MAC* const fetched = EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_HMAC, nullptr);
    return fetched;
}

unsigned char const* bytes_of(std::string_view text)
{
    return reinterpret_cast<unsigned char const*>(text.data());
}

}  // namespace

std::optional<digest> parse_header(std::string_view value)
{
    digest parsed{};
    if (!value.starts_with(prefix) || !from_hex(value.substr(prefix.size()), parsed))
        return std::nullopt;
    return parsed;
}

result<std::string> sign(std::string_view secret, std::string_view body)
{
    auto const keyed = verifier::key(secret);
    if (!keyed)
        return keyed.error();
    digest made{};
    if (!verifier::digest_of(keyed->get(), body, made))
        return failure{failure_kind::io, "HMAC-SHA256 failed"};
    return std::string(prefix) + to_hex(made);
}

result<verifier> verifier::make(std::span<std::string const> secrets)
{
    verifier made;
    for (auto const& secret : secrets) {
        auto keyed = key(secret);
        if (!keyed)
            return keyed.error();
        made.keyed_.push_back(std::move(*keyed));
    }
    return made;
}

std::optional<std::size_t> verifier::which(digest const& claimed, std::string_view body)
{
    std::size_t found = 0;  // from 1; chosen without a branch
    for (std::size_t at = 0; at < keyed_.size(); ++at) {
        digest made{};
        std::size_t const computed = digest_of(keyed_[at].get(), body, made);
        std::size_t const same = computed & (CRYPTO_memcmp(made.data(), claimed.data(), made.size()) == 0);
        found |= (at + 1) * same * static_cast<std::size_t>(found == 0);
    }
    return found == 0 ? std::nullopt : std::optional(found - 1);
}

void verifier::release::operator()(EVP_MAC_CTX* context) const
{
    EVP_MAC_CTX_free(context);
}

result<std::unique_ptr<EVP_MAC_CTX, verifier::release>> verifier::key(std::string_view secret)
{
    if (secret.empty())
        return failure{failure_kind::invalid, "a webhook secret is empty"};
    std::unique_ptr<EVP_MAC_CTX, release> context(EVP_MAC_CTX_new(hmac()));
    char name[] = "SHA256";
    OSSL_PARAM const parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0),
                                     OSSL_PARAM_construct_end()};
    if (!context || EVP_MAC_init(context.get(), bytes_of(secret), secret.size(), parameters) != 1)
        return failure{failure_kind::io, "OpenSSL offers no HMAC-SHA256"};
    return context;
}

// Without a key EVP_MAC_init begins again with the one that the context has.
bool verifier::digest_of(EVP_MAC_CTX* keyed, std::string_view body, digest& out)
{
    std::size_t size = 0;
    return EVP_MAC_init(keyed, nullptr, 0, nullptr) == 1 && EVP_MAC_update(keyed, bytes_of(body), body.size()) == 1 &&
           EVP_MAC_final(keyed, out.data(), &size, out.size()) == 1 && size == out.size();
}

}  // namespace bbstream::signature
