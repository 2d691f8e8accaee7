#include "rest/echo.hpp"

#include "credential/secret_text.hpp"

#include <openssl/evp.h>

namespace bbstream::rest {
namespace {

constexpr std::size_t secret_bytes_min = 8;
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

}  // namespace

void strike_out(std::string& said, std::string_view secret)
{
    if (secret.size() < secret_bytes_min)
        return;
    for (auto at = said.find(secret); at != std::string::npos; at = said.find(secret, at + in_its_place.size()))
        said.replace(at, secret.size(), in_its_place);
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
