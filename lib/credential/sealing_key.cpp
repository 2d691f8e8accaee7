#include "credential/sealing_key.hpp"

#include "base/file.hpp"
#include "base/random.hpp"
#include "config/secret.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <optional>

namespace bbstream::credential {
namespace {

using key_bytes = std::array<unsigned char, sealing_key_bytes>;

std::optional<sealing_key> from_hexadecimal(std::string_view text)
{
    key_bytes bytes{};
    std::size_t size = 0;
    char const* end = nullptr;
    bool const right =
        ::sodium_hex2bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size, &end) == 0;
    std::optional<sealing_key> key;
    if (right && size == bytes.size() && end == text.data() + text.size())
        key.emplace(bytes);
    wipe(bytes.data(), bytes.size());
    return key;
}

std::optional<sealing_key> from_base64(std::string_view text, int variant)
{
    key_bytes bytes{};
    std::size_t size = 0;
    char const* end = nullptr;
    bool const right =
        ::sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size, &end, variant) == 0;
    std::optional<sealing_key> key;
    if (right && size == bytes.size() && end == text.data() + text.size())
        key.emplace(bytes);
    wipe(bytes.data(), bytes.size());
    return key;
}

}  // namespace

sealing_key::sealing_key(std::span<unsigned char const, sealing_key_bytes> bytes) : bytes_()
{
    std::copy(bytes.begin(), bytes.end(), bytes_.begin());
}

sealing_key::~sealing_key()
{
    wipe(bytes_.data(), bytes_.size());
}

result<sealing_key> parse_sealing_key(std::string_view text)
{
    // As they are first: any byte may be one of a key, a newline too.
    if (text.size() == sealing_key_bytes) {
        key_bytes bytes{};
        std::copy(text.begin(), text.end(), bytes.begin());
        sealing_key key(bytes);
        wipe(bytes.data(), bytes.size());
        return key;
    }
    if (text.ends_with('\n'))
        text.remove_suffix(1);
    if (text.size() == sealing_key_bytes)
        return parse_sealing_key(text);
    if (auto key = from_hexadecimal(text))
        return *key;
    for (auto const variant : {sodium_base64_VARIANT_ORIGINAL, sodium_base64_VARIANT_ORIGINAL_NO_PADDING,
                               sodium_base64_VARIANT_URLSAFE, sodium_base64_VARIANT_URLSAFE_NO_PADDING})
        if (auto key = from_base64(text, variant))
            return *key;
    return failure{failure_kind::invalid,
                   "is no key: 32 bytes are needed, as they are, in hexadecimal or in base64 (bbstream auth key makes "
                   "one)"};
}

result<sealing_key> read_sealing_key(config::secret_reference const& where)
{
    auto text = config::resolve_bytes(where);
    if (!text)
        return failure{text.error().kind, "state.key: " + text.error().message};
    auto key = parse_sealing_key(*text);
    wipe(*text);
    if (!key)
        return failure{key.error().kind, "state.key: " + where.text + " " + key.error().message};
    return key;
}

secret_text new_key_text()
{
    key_bytes bytes{};
    fill_random(bytes);
    secret_text text(2 * sealing_key_bytes + 1, '\0');
    ::sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    text.pop_back();
    wipe(bytes.data(), bytes.size());
    return text;
}

result<void> make_key_file(std::string const& path)
{
    unique_fd const file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file)
        return system_failure(path, errno);
    auto const text = new_key_text() + '\n';
    auto const written = ::write(file.get(), text.data(), text.size());
    bool const whole = written == static_cast<ssize_t>(text.size());
    if (!whole || ::fsync(file.get()) != 0) {
        auto const why = system_failure(path, whole || written < 0 ? errno : ENOSPC);
        ::unlink(path.c_str());
        return why;
    }
    return sync_directory(std::filesystem::absolute(path).parent_path().string());
}

}  // namespace bbstream::credential
