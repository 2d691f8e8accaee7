#include "daemon/command/terminal.hpp"

namespace bbstream::command {
namespace {

constexpr unsigned char del = 0x7f;

// U+0080 to U+009F in UTF-8: two bytes.
bool is_c1(std::string_view text)
{
    return text.size() > 1 && text[0] == '\xc2' && static_cast<unsigned char>(text[1]) < 0xa0;
}

}  // namespace

std::string harmless(std::string_view text)
{
    while (text.ends_with('\n') || text.ends_with('\r'))
        text.remove_suffix(1);
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto const c = static_cast<unsigned char>(text[at]);
        bool const c1 = is_c1(text.substr(at));
        if (c1)
            ++at;
        out += c1 || c < 0x20 || c == del ? ' ' : static_cast<char>(c);
    }
    return out;
}

std::string harmless_json(std::string_view json)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(json.size());
    for (std::size_t at = 0; at < json.size(); ++at) {
        bool const c1 = is_c1(json.substr(at));
        if (c1)
            ++at;
        auto const c = static_cast<unsigned char>(json[at]);
        if (!c1 && c != del) {
            out += json[at];
            continue;
        }
        out += "\\u00";
        out += digits[c >> 4];
        out += digits[c & 15];
    }
    return out;
}

}  // namespace bbstream::command
