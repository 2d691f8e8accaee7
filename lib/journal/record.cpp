#include "journal/record.hpp"

namespace bbstream::journal {

std::string_view header_value(std::string_view headers, std::string_view name)
{
    while (!headers.empty()) {
        auto const line = headers.substr(0, headers.find('\n'));
        headers.remove_prefix(line.size() == headers.size() ? line.size() : line.size() + 1);
        if (line.size() > name.size() && line[name.size()] == ':' && line.starts_with(name))
            return line.substr(name.size() + 1);
    }
    return {};
}

}  // namespace bbstream::journal
