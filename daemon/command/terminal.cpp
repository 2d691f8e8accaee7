#include "daemon/command/terminal.hpp"

namespace bbstream::command {

std::string harmless(std::string_view text)
{
    while (text.ends_with('\n') || text.ends_with('\r'))
        text.remove_suffix(1);
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto const c = static_cast<unsigned char>(text[at]);
        bool const c1 = c == 0xc2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xa0;
        if (c1)
            ++at;
        out += c1 || c < 0x20 || c == 0x7f ? ' ' : static_cast<char>(c);
    }
    return out;
}

}  // namespace bbstream::command
