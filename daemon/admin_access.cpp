#include "daemon/admin_access.hpp"

#include <openssl/crypto.h>
#include <openssl/sha.h>

namespace bbstream::daemon {

namespace {

constexpr std::string_view bearer = "bearer ";

// Schemes are compared without regard to case (RFC 9110 section 11.1).
bool starts_with_bearer(std::string_view authorization)
{
    if (authorization.size() < bearer.size())
        return false;
    for (std::size_t i = 0; i < bearer.size(); ++i) {
        char const c = authorization[i];
        if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != bearer[i])
            return false;
    }
    return true;
}

// Digests are of equal length whatever the texts are.
bool equal_in_constant_time(std::string_view a, std::string_view b)
{
    unsigned char of_a[SHA256_DIGEST_LENGTH];
    unsigned char of_b[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<unsigned char const*>(a.data()), a.size(), of_a);
    SHA256(reinterpret_cast<unsigned char const*>(b.data()), b.size(), of_b);
    return CRYPTO_memcmp(of_a, of_b, sizeof of_a) == 0;
}

}  // namespace

admin_access decide_access(bool from_loopback, std::string_view authorization, std::string_view token)
{
    if (from_loopback)
        return admin_access::allowed;
    if (token.empty())
        return admin_access::refused;
    if (!starts_with_bearer(authorization))
        return admin_access::token_wanted;
    authorization.remove_prefix(bearer.size());
    return equal_in_constant_time(authorization, token) ? admin_access::allowed : admin_access::token_wanted;
}

std::string_view path_of(std::string_view target)
{
    return target.substr(0, target.find('?'));
}

}  // namespace bbstream::daemon
