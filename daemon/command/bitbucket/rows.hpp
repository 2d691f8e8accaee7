// Rows for people, as a table that streams, or for programs, as JSON lines.
#pragma once

#include "rest/row.hpp"

#include <string>
#include <vector>

namespace bbstream::command {

// {"name":value,...}
std::string row_json(rest::columns of, rest::row const& cells);

// Columns are as wide as the first rows need; later ones that are wider push what follows to the right.
class row_table {
   public:
    explicit row_table(rest::columns of) : columns_(of) {}

    // The text that can be written so far.
    std::string add(rest::row const& cells);
    // The rest; with the titles where there was no row.
    std::string finish();

   private:
    std::vector<std::string> texts_of(rest::row const& cells) const;
    std::string line(std::vector<std::string> const& texts) const;
    std::string begin();

    rest::columns const columns_;
    std::vector<std::vector<std::string>> waiting_;
    std::vector<std::size_t> widths_;
    bool begun_ = false;
};

// "name  value" lines of one thing; what is absent is left out.
std::string thing_text(rest::columns of, rest::row const& cells);

}  // namespace bbstream::command
