#include "daemon/command/table.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace bbstream::command {

std::string table::text() const
{
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        std::size_t width = columns_[i].title.size();
        for (auto const& row : rows_)
            width = std::max(width, row[i].size());
        widths.push_back(width);
    }
    std::string all;
    auto const append = [&](auto const& cell_of) {
        std::string line;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            std::string const& cell = cell_of(i);
            std::string const padding(widths[i] - cell.size(), ' ');
            line += (i == 0 ? "" : "  ") + (columns_[i].aligned == right ? padding + cell : cell + padding);
        }
        all += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
    };
    append([&](std::size_t i) -> std::string const& { return columns_[i].title; });
    for (auto const& row : rows_)
        append([&](std::size_t i) -> std::string const& { return row[i]; });
    return all;
}

std::string count_text(std::uint64_t count)
{
    auto text = std::to_string(count);
    for (auto at = text.size(); at > 3; at -= 3)
        text.insert(at - 3, ",");
    return text;
}

std::string bytes_text(std::uint64_t bytes)
{
    constexpr std::array<char const*, 5> units = {"KiB", "MiB", "GiB", "TiB", "PiB"};
    if (bytes < 1024)
        return std::to_string(bytes) + " B";
    double value = static_cast<double>(bytes) / 1024;
    std::size_t unit = 0;
    for (; value >= 1024 && unit + 1 < units.size(); ++unit)
        value /= 1024;
    char text[32];
    std::snprintf(text, sizeof text, "%.1f %s", value, units[unit]);
    return text;
}

}  // namespace bbstream::command
