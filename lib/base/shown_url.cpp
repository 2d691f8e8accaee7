#include "base/shown_url.hpp"

namespace bbstream {

std::string shown_url(std::string_view url)
{
    constexpr std::string_view mark = "://";
    constexpr std::string_view left_out = "...";
    auto const scheme = url.find(mark);
    if (scheme == std::string_view::npos)
        return std::string(url);
    auto const begin = scheme + mark.size();
    std::string text(url);
    // The last one, of all that follows: a password that is not encoded may hold any of "/?#@".
    if (auto const at = text.rfind('@'); at != std::string::npos && at >= begin)
        text.replace(begin, at - begin, left_out);
    if (auto const query = text.find_first_of("?#", begin); query != std::string::npos)
        text.replace(query + 1, std::string::npos, left_out);
    return text;
}

}  // namespace bbstream
