#include "rest/target.hpp"

#include "base/hex.hpp"

#include <algorithm>

namespace bbstream::rest {
namespace {

bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

// Where "name=..." begins and ends in the target; both are its size where there is none.
std::pair<std::size_t, std::size_t> find_parameter(std::string_view target, std::string_view name)
{
    auto at = target.find('?');
    while (at != std::string_view::npos) {
        ++at;
        auto const end = std::min(target.find('&', at), target.size());
        auto const one = target.substr(at, end - at);
        if (one.starts_with(name) && one.substr(name.size()).starts_with('='))
            return {at, end};
        at = end == target.size() ? std::string_view::npos : end;
    }
    return {target.size(), target.size()};
}

}  // namespace

std::string percent_encoded(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (auto const c : text) {
        if (is_unreserved(c)) {
            out += c;
            continue;
        }
        auto const byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

std::optional<std::string> percent_decoded(std::string_view text)
{
    auto const digit = [&](std::size_t at) {
        auto const c = at < text.size() ? text[at] : '\0';
        return hex_digit(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c);
    };
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            out += text[at];
            continue;
        }
        int const high = digit(at + 1);
        int const low = digit(at + 2);
        if (high < 0 || low < 0)
            return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        at += 2;
    }
    return out;
}

target& target::segment(std::string_view name) &
{
    text_ += '/' + percent_encoded(name);
    return *this;
}

target& target::path(std::string_view encoded) &
{
    text_ += encoded;
    return *this;
}

target& target::query(std::string_view name, std::string_view value) &
{
    text_ += text_.find('?') == std::string::npos ? '?' : '&';
    text_ += std::string(name) + '=' + percent_encoded(value);
    return *this;
}

std::string path_before(std::string_view server_path)
{
    while (server_path.ends_with('/'))
        server_path.remove_suffix(1);
    return std::string(server_path);
}

std::string with_parameter(std::string_view target, std::string_view name, std::string_view value)
{
    auto const [begin, end] = find_parameter(target, name);
    auto const encoded = std::string(name) + '=' + percent_encoded(value);
    std::string const before(target.substr(0, begin));
    if (begin != target.size())
        return before + encoded + std::string(target.substr(end));
    return before + (target.find('?') == std::string_view::npos ? '?' : '&') + encoded;
}

std::optional<std::string_view> parameter(std::string_view target, std::string_view name)
{
    auto const [begin, end] = find_parameter(target, name);
    if (begin == target.size())
        return std::nullopt;
    return target.substr(begin + name.size() + 1, end - begin - name.size() - 1);
}

std::optional<std::string> target_of(std::string_view url)
{
    if (auto const scheme = url.find("://"); scheme != std::string_view::npos && !url.starts_with('/')) {
        auto const path = url.find_first_of("/?#", scheme + 3);
        url = path == std::string_view::npos ? "/" : url.substr(path);
    }
    url = url.substr(0, url.find('#'));
    auto const fits = [](char c) { return c > ' ' && c < 0x7f; };
    if (!url.starts_with('/') || url.starts_with("//") || !std::all_of(url.begin(), url.end(), fits))
        return std::nullopt;
    return std::string(url);
}

}  // namespace bbstream::rest
