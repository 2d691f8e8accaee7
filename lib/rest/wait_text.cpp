#include "rest/wait_text.hpp"

namespace bbstream::rest {

std::string wait_text(std::chrono::milliseconds wait)
{
    auto const seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
    if (seconds < 120)
        return std::to_string(seconds) + " s";
    auto const minutes = (seconds + 59) / 60;
    if (minutes < 60)
        return std::to_string(minutes) + " min";
    auto const rest = minutes % 60;
    return std::to_string(minutes / 60) + " h" + (rest == 0 ? "" : ' ' + std::to_string(rest) + " min");
}

}  // namespace bbstream::rest
