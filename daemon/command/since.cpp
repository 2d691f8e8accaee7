#include "daemon/command/since.hpp"

#include "config/units.hpp"

#include <chrono>
#include <string>

namespace bbstream::command {

std::optional<micros> parse_since(std::string_view text, micros now)
{
    constexpr std::size_t date_length = 10;
    if (auto const ago = config::parse_duration(text))
        return now - std::chrono::duration_cast<std::chrono::microseconds>(*ago).count();
    if (text.size() == date_length)
        return parse_timestamp(std::string(text) + "T00:00:00Z");
    return parse_timestamp(text);
}

}  // namespace bbstream::command
