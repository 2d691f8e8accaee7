#include "credential/sealed_text.hpp"

#include "base/random.hpp"

#include <sodium.h>

namespace bbstream::credential {
namespace {

constexpr std::string_view magic = "bbsealed";
constexpr std::string_view version("\x01\0\0\0", 4);
constexpr std::size_t key_mark_bytes = 16;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t nonce_at = magic.size() + version.size() + key_mark_bytes;
constexpr std::size_t head_bytes = nonce_at + nonce_bytes;

static_assert(sealing_key_bytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

unsigned char const* bytes_of(std::string_view text)
{
    return reinterpret_cast<unsigned char const*>(text.data());
}

// Tells keys apart, and tells nothing about them.
std::string mark_of(sealing_key const& key)
{
    constexpr std::string_view what = "bbstream: which key is it";
    std::array<unsigned char, key_mark_bytes> mark{};
    ::crypto_generichash(mark.data(), mark.size(), bytes_of(what), what.size(), key.data(), sealing_key_bytes);
    return {mark.begin(), mark.end()};
}

std::string authenticated(std::string_view head, std::string_view label)
{
    return std::string(head) + std::string(label);
}

failure damaged()
{
    return {failure_kind::corrupt, "is damaged"};
}

}  // namespace

std::string seal(sealing_key const& key, std::string_view label, std::string_view plain)
{
    std::array<unsigned char, nonce_bytes> nonce{};
    fill_random(nonce);
    std::string sealed = std::string(magic) + std::string(version) + mark_of(key);
    sealed.append(nonce.begin(), nonce.end());
    auto const beside = authenticated(sealed, label);
    sealed.resize(head_bytes + plain.size() + tag_bytes);
    ::crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(sealed.data()) + head_bytes, nullptr,
                                                 bytes_of(plain), plain.size(), bytes_of(beside), beside.size(),
                                                 nullptr, nonce.data(), key.data());
    return sealed;
}

result<secret_text> unseal(sealing_key const& key, std::string_view label, std::string_view sealed)
{
    if (sealed.size() < head_bytes + tag_bytes || !sealed.starts_with(magic))
        return damaged();
    if (sealed.substr(magic.size(), version.size()) != version)
        return failure{failure_kind::invalid, "is of a format that this version does not know"};
    if (sealed.substr(magic.size() + version.size(), key_mark_bytes) != mark_of(key))
        return failure{failure_kind::invalid, "was sealed with another key than that of state.key"};
    auto const beside = authenticated(sealed.substr(0, head_bytes), label);
    auto const secret = sealed.substr(head_bytes);
    secret_text plain(secret.size() - tag_bytes, '\0');
    if (::crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(plain.data()), nullptr, nullptr,
                                                     bytes_of(secret), secret.size(), bytes_of(beside), beside.size(),
                                                     bytes_of(sealed.substr(nonce_at)), key.data()) != 0)
        return damaged();
    return plain;
}

}  // namespace bbstream::credential
