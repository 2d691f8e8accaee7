// Tables and numbers for people.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bbstream::command {

// Columns as wide as their widest cell.
class table {
   public:
    enum side { left, right };
    struct column {
        std::string title;
        side aligned = left;
    };

    explicit table(std::vector<column> columns) : columns_(std::move(columns)) {}

    void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

    // A line of titles, then a line a row.
    std::string text() const;

   private:
    std::vector<column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

// "12,345"
std::string count_text(std::uint64_t count);
// "512 B", "4.0 KiB", "20.0 GiB"
std::string bytes_text(std::uint64_t bytes);

}  // namespace bbstream::command
