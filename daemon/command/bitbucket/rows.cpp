#include "daemon/command/bitbucket/rows.hpp"

#include "daemon/command/terminal.hpp"
#include "event/json_writer.hpp"
#include "rest/finding.hpp"

#include <algorithm>

namespace bbstream::command {
namespace {

// Rows that the widths are taken from.
constexpr std::size_t measured_rows = 100;
// A cell that is wider does not widen its column.
constexpr std::size_t width_max = 60;
constexpr std::size_t hash_digits = 12;
constexpr std::size_t minute_size = 16;

std::size_t width_of(std::string const& text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xc0) != 0x80; }));
}

std::string cell_text(rest::cell const& value, rest::shown how)
{
    if (auto const* text = std::get_if<std::string>(&value)) {
        auto said = harmless(*text);
        if (how == rest::shown::hash)
            said = rest::cut(said, hash_digits);
        if (how == rest::shown::time && said.size() > minute_size)
            said = said.substr(0, 10) + ' ' + said.substr(11, 5);
        return said;
    }
    if (auto const* number = std::get_if<std::int64_t>(&value))
        return std::to_string(*number);
    if (auto const* truth = std::get_if<bool>(&value))
        return *truth ? "yes" : "no";
    return "-";
}

std::string title_of(rest::column const& of)
{
    std::string title(of.name);
    std::replace(title.begin(), title.end(), '_', ' ');
    return title;
}

std::vector<std::string> titles_of(rest::columns of)
{
    std::vector<std::string> titles;
    for (auto const& each : of)
        if (each.in_table != rest::shown::no)
            titles.push_back(title_of(each));
    return titles;
}

}  // namespace

std::string row_json(rest::columns of, rest::row const& cells)
{
    std::string json;
    event::json_writer to(json);
    to.begin_object();
    for (std::size_t at = 0; at < of.size(); ++at) {
        to.name(of[at].name);
        if (auto const* text = std::get_if<std::string>(&cells[at]))
            to.text_value(*text);
        else if (auto const* number = std::get_if<std::int64_t>(&cells[at]))
            json += std::to_string(*number);
        else if (auto const* truth = std::get_if<bool>(&cells[at]))
            json += *truth ? "true" : "false";
        else
            json += "null";
    }
    to.end_object();
    return harmless_json(json);
}

std::vector<std::string> row_table::texts_of(rest::row const& cells) const
{
    std::vector<std::string> texts;
    for (std::size_t at = 0; at < columns_.size(); ++at)
        if (columns_[at].in_table != rest::shown::no)
            texts.push_back(cell_text(cells[at], columns_[at].in_table));
    return texts;
}

std::string row_table::line(std::vector<std::string> const& texts) const
{
    std::string line;
    for (std::size_t at = 0; at < texts.size(); ++at) {
        line += texts[at];
        auto const width = width_of(texts[at]);
        line.append(2 + (width < widths_[at] ? widths_[at] - width : 0), ' ');
    }
    return line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
}

std::string row_table::begin()
{
    begun_ = true;
    auto const titles = titles_of(columns_);
    for (std::size_t at = 0; at < titles.size(); ++at) {
        widths_.push_back(titles[at].size());
        for (auto const& each : waiting_)
            if (auto const width = width_of(each[at]); width <= width_max)
                widths_[at] = std::max(widths_[at], width);
    }
    auto text = line(titles);
    for (auto const& each : waiting_)
        text += line(each);
    waiting_.clear();
    return text;
}

std::string row_table::add(rest::row const& cells)
{
    if (begun_)
        return line(texts_of(cells));
    waiting_.push_back(texts_of(cells));
    return waiting_.size() < measured_rows ? std::string() : begin();
}

std::string row_table::finish()
{
    return begun_ ? std::string() : begin();
}

std::string thing_text(rest::columns of, rest::row const& cells)
{
    std::size_t width = 0;
    for (auto const& each : of)
        width = std::max(width, each.name.size());
    std::string text;
    for (std::size_t at = 0; at < of.size(); ++at) {
        // Whole hashes and times: there is room.
        auto const value = cell_text(cells[at], rest::shown::text);
        if (std::holds_alternative<std::monostate>(cells[at]) || value.empty())
            continue;
        auto const title = title_of(of[at]);
        text += title + std::string(width - title.size() + 2, ' ') + value + '\n';
    }
    return text;
}

}  // namespace bbstream::command
