// One thing of a listing as named cells, the same names for each product.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace bbstream::rest {

class json;

using cell = std::variant<std::monostate, std::string, std::int64_t, bool>;

enum class shown : std::uint8_t {
    no,    // not in a table
    text,  // as it is
    time,  // to the minute
    hash,  // its first digits
};

// How a cell comes out of a product's JSON; products describe what they answer as lists of these.
struct column {
    std::string_view name;
    shown in_table;
    cell (*read)(json const& from);
};
using columns = std::span<column const>;

using row = std::vector<cell>;
row read_row(columns of, json const& from);
// The text of the cell of that name; empty where there is none.
std::string text_named(columns of, row const& cells, std::string_view name);

// Cells of common kinds; nothing where the JSON has none.
cell text_cell(json const& value);
// An address that people have set, without its user name, password and query (shown_url()).
cell address_cell(json const& value);
cell number_cell(json const& value);
cell boolean_cell(json const& value);
// RFC 3339 in UTC, of any form that the products write: ISO 8601, or milliseconds since 1970.
cell time_cell(json const& value);
// The first line.
cell line_cell(json const& value);
// The elements' texts, or those of a member of each, with commas.
cell joined_cell(json const& value);
cell joined_cell(json const& value, std::string_view member);
// A text without what it begins with.
cell cell_without(json const& value, std::string_view beginning);

}  // namespace bbstream::rest
