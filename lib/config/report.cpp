#include "config/report.hpp"

#include "base/shown_url.hpp"

#include <algorithm>
#include <numeric>

namespace bbstream::config {

namespace {

constexpr std::size_t shown_bytes_max = 80;

// Edits (insert, remove, replace) from one text to the other.
std::size_t edit_distance(std::string_view from, std::string_view to)
{
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), 0u);
    for (std::size_t i = 0; i < from.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < to.size(); ++j) {
            std::size_t const replaced = diagonal + (from[i] == to[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

// Keys may be quoted in the file and hold anything.
std::string printable(std::string text)
{
    for (char& c : text)
        if (static_cast<unsigned char>(c) < ' ' || c == 0x7f)
            c = '?';
    return text;
}

std::string_view last_part(std::string_view key)
{
    return key.substr(key.rfind('.') + 1);
}

std::string_view parent(std::string_view key)
{
    auto const dot = key.rfind('.');
    return dot == std::string_view::npos ? std::string_view() : key.substr(0, dot);
}

// A known key or a table of one at the same place, at most a third of the letters away.
std::string nearest_sibling(std::string_view key, std::set<std::string> const& known)
{
    std::string nearest;
    std::size_t best = last_part(key).size() / 3 + 1;
    for (std::string_view candidate : known) {
        for (; !candidate.empty() && parent(candidate) != parent(key); candidate = parent(candidate))
            continue;
        if (candidate.empty())
            continue;
        auto const distance = edit_distance(last_part(key), last_part(candidate));
        if (distance < best || (distance == best && nearest.empty())) {
            best = distance;
            nearest = candidate;
        }
    }
    return nearest;
}

}  // namespace

void report::add(std::uint32_t line, std::string key, std::string what)
{
    problems_.push_back({line, std::move(key), std::move(what)});
}

void report::unknown(std::uint32_t line, std::string key)
{
    unknown_.push_back({line, std::move(key), {}});
}

std::string report::text(std::string const& name)
{
    for (auto& [line, key, what] : unknown_) {
        auto const meant = nearest_key(key, known_);
        problems_.push_back({line, key, meant.empty() ? "unknown key" : "unknown key; did you mean " + meant + "?"});
    }
    unknown_.clear();
    std::stable_sort(problems_.begin(), problems_.end(),
                     [](problem const& a, problem const& b) { return a.line < b.line; });
    std::string lines;
    std::string former;
    for (auto const& [line, key, what] : problems_) {
        std::string const text = name + ':' + (line != 0 ? std::to_string(line) + ": " : " ") +
                                 (key.empty() ? "" : printable(key) + ": ") + what;
        if (text != former)
            lines += (lines.empty() ? "" : "\n") + text;
        former = text;
    }
    return lines;
}

std::string nearest_key(std::string_view key, std::set<std::string> const& known)
{
    auto const sibling = nearest_sibling(key, known);
    if (!sibling.empty())
        return sibling;
    std::vector<std::string> elsewhere;
    for (auto const& candidate : known) {
        if (last_part(candidate) != last_part(key))
            continue;
        if (candidate.starts_with(std::string(parent(key)) + '.'))
            return candidate;
        elsewhere.push_back(candidate);
    }
    return elsewhere.size() == 1 ? elsewhere.front() : "";
}

std::string shown(std::string_view value)
{
    auto text = shown_url(value);
    if (text.size() > shown_bytes_max)
        text = text.substr(0, shown_bytes_max) + "...";
    return '"' + printable(std::move(text)) + '"';
}

}  // namespace bbstream::config
