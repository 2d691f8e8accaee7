#include "hooks/selection.hpp"

#include <algorithm>
#include <cctype>

namespace bbstream::hooks {
namespace {

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
    return out;
}

bool any_matches(std::vector<std::string> const& patterns, std::string const& name)
{
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](std::string const& each) { return matches_glob(lower(each), name); });
}

}  // namespace

// Goes back to the last star only: no pattern takes longer than the product of both sizes.
bool matches_glob(std::string_view pattern, std::string_view text)
{
    std::size_t at = 0;
    std::size_t in = 0;
    auto star = std::string_view::npos;
    std::size_t resumed = 0;
    while (at < text.size()) {
        if (in < pattern.size() && pattern[in] == '*') {
            star = in++;
            resumed = at;
        } else if (in < pattern.size() && (pattern[in] == '?' || pattern[in] == text[at])) {
            ++in;
            ++at;
        } else if (star != std::string_view::npos) {
            in = star + 1;
            at = ++resumed;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', in) == std::string_view::npos;
}

bool is_selected(config::instance const& by, std::string_view name, std::string_view project)
{
    auto const full = lower(name);
    auto const key = lower(project);
    bool const in_project = by.projects.empty() || std::any_of(by.projects.begin(), by.projects.end(),
                                                               [&](auto const& each) { return lower(each) == key; });
    return in_project && any_matches(by.include, full) && !any_matches(by.exclude, full);
}

}  // namespace bbstream::hooks
