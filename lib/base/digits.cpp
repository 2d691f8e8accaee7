#include "base/digits.hpp"

namespace bbstream {

void append_padded(std::string& out, std::uint64_t value, int width)
{
    char digits[20];
    for (int at = width; at-- > 0; value /= 10)
        digits[at] = static_cast<char>('0' + value % 10);
    out.append(digits, static_cast<std::size_t>(width));
}

}  // namespace bbstream
