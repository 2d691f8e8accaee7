#include "rest/echo.hpp"

#include "credential/secret_text.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <charconv>

namespace bbstream::rest {
namespace {

constexpr std::size_t secret_bytes_min = 8;
// So much of a longer one's beginning is struck out, too: servers cut what they repeat.
constexpr std::size_t beginning_bytes_min = 16;
constexpr std::string_view in_its_place = "***";

// What basic_authorization() was made of, with some bytes of padding; empty where it is no base64.
std::string decoded(std::string_view text)
{
    std::string bytes(text.size() / 4 * 3 + 3, '\0');
    int const size =
        ::EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                          reinterpret_cast<unsigned char const*>(text.data()), static_cast<int>(text.size()));
    bytes.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    while (bytes.ends_with('\0'))
        bytes.pop_back();
    return bytes;
}

// Whether these digits are the byte's; \u00XX and %XX spell it so.
bool is_spelled(std::string_view digits, char byte)
{
    unsigned read = 0;
    auto const* const end = digits.data() + digits.size();
    auto const [at, error] = std::from_chars(digits.data(), end, read, 16);
    return error == std::errc{} && at == end && read == static_cast<unsigned char>(byte);
}

// How many bytes at the beginning of the text spell this one; 0 where it is another.
std::size_t spelling_of(std::string_view text, char byte)
{
    auto const escapes = std::min(text.find_first_not_of('\\'), text.size());
    auto const rest = text.substr(escapes);
    if (escapes > 0 && rest.starts_with("u00") && rest.size() >= 5 && is_spelled(rest.substr(3, 2), byte))
        return escapes + 5;
    if (rest.starts_with('%') && rest.size() >= 3 && is_spelled(rest.substr(1, 2), byte))
        return escapes + 3;
    if (byte == '\\')
        return std::min<std::size_t>(escapes, 2);
    return rest.starts_with(byte) ? escapes + 1 : 0;
}

// How many bytes at the beginning of the text are the secret, or enough of it; 0 where they are not.
std::size_t length_at(std::string_view text, std::string_view secret)
{
    std::size_t length = 0;
    std::size_t known = 0;
    while (known < secret.size()) {
        auto const next = spelling_of(text.substr(length), secret[known]);
        if (next == 0)
            break;
        length += next;
        ++known;
    }
    return known >= std::min(secret.size(), beginning_bytes_min) ? length : 0;
}

std::string_view without_padding(std::string_view base64)
{
    for (int most = 2; most > 0 && base64.ends_with('='); --most)
        base64.remove_suffix(1);
    return base64;
}

}  // namespace

void strike_out(std::string& said, std::string_view secret)
{
    auto const whole = without_padding(secret);
    auto const padding = secret.size() - whole.size();
    if (secret.size() < secret_bytes_min)
        return;
    std::string left;
    for (std::size_t at = 0; at < said.size();) {
        auto const rest = std::string_view(said).substr(at);
        auto length = length_at(rest, whole);
        if (length == 0) {
            left += said[at++];
            continue;
        }
        for (std::size_t more = 0; more < padding; ++more)
            length += spelling_of(rest.substr(length), '=');
        left += in_its_place;
        at += length;
    }
    said = std::move(left);
}

void strike_out_authorization(std::string& said, std::string_view header)
{
    constexpr std::string_view basic = "Basic ";
    auto const blank = header.find(' ');
    if (said.empty() || blank == std::string_view::npos)
        return;
    auto const text = header.substr(blank + 1);
    strike_out(said, text);
    if (!header.starts_with(basic))
        return;
    auto pair = decoded(text);
    strike_out(said, std::string_view(pair).substr(pair.find(':') + 1));
    credential::wipe(pair);
}

}  // namespace bbstream::rest
