#include "daemon/command/terminal.hpp"

namespace bbstream::command {
namespace {

constexpr unsigned char del = 0x7f;
// What stands for bytes that are no text: U+FFFD.
constexpr std::string_view no_text = "\xef\xbf\xbd";

// The bytes of the character that the text begins with (RFC 3629); 0 where it begins with none.
std::size_t character_size(std::string_view text)
{
    auto const byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u; };
    auto const first = byte(0);
    if (first < 0x80)
        return 1;
    std::size_t const size = first >= 0xc2 && first < 0xe0   ? 2
                             : (first & 0xf0) == 0xe0        ? 3
                             : first >= 0xf0 && first < 0xf5 ? 4
                                                             : 0;
    for (std::size_t at = 1; at < size; ++at)
        if ((byte(at) & 0xc0) != 0x80)
            return 0;
    // Longer than need be, half of a pair, and beyond the last one.
    auto const second = byte(1);
    bool const wrong = (first == 0xe0 && second < 0xa0) || (first == 0xed && second >= 0xa0) ||
                       (first == 0xf0 && second < 0x90) || (first == 0xf4 && second >= 0x90);
    return wrong ? 0 : size;
}

// Of a whole character: C0, DEL, and U+0080 to U+009F, which are two bytes.
bool is_control(std::string_view character)
{
    auto const first = static_cast<unsigned char>(character[0]);
    return first < 0x20 || first == del || (first == 0xc2 && static_cast<unsigned char>(character[1]) < 0xa0);
}

// The text with what `instead` gives for control characters, and nothing in it that is no UTF-8.
template <class Instead>
std::string without_controls(std::string_view text, Instead instead)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        auto const size = character_size(text);
        auto const character = text.substr(0, size);
        if (size == 0)
            out += no_text;
        else if (is_control(character))
            out += instead(character);
        else
            out += character;
        text.remove_prefix(size == 0 ? 1 : size);
    }
    return out;
}

}  // namespace

std::string harmless(std::string_view text)
{
    while (text.ends_with('\n') || text.ends_with('\r'))
        text.remove_suffix(1);
    return without_controls(text, [](std::string_view) { return ' '; });
}

std::string harmless_json(std::string_view json)
{
    return without_controls(json, [](std::string_view character) {
        constexpr std::string_view digits = "0123456789abcdef";
        auto const c = static_cast<unsigned char>(character.back());
        // JSON has the others between its tokens only.
        if (c < 0x20)
            return std::string(character);
        return std::string("\\u00") + digits[c >> 4] + digits[c & 15];
    });
}

}  // namespace bbstream::command
