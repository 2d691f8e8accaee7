#include "config/selection.hpp"

#include <algorithm>

namespace bbstream::config {
namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool are_alike(char one, char other)
{
    return lower(one) == lower(other);
}

}  // namespace

// Goes back to the last star only: no glob takes longer than the product of both sizes.
bool matches_glob(std::string_view glob, std::string_view text)
{
    std::size_t at = 0;
    std::size_t in_glob = 0;
    auto star = std::string_view::npos;
    std::size_t resumed = 0;
    while (at < text.size()) {
        if (in_glob < glob.size() && glob[in_glob] == '*') {
            star = in_glob++;
            resumed = at;
        } else if (in_glob < glob.size() && (glob[in_glob] == '?' || are_alike(glob[in_glob], text[at]))) {
            ++in_glob;
            ++at;
        } else if (star != std::string_view::npos) {
            in_glob = star + 1;
            at = ++resumed;
        } else {
            return false;
        }
    }
    return glob.find_first_not_of('*', in_glob) == std::string_view::npos;
}

bool is_selected(instance const& by, std::string_view full_name)
{
    auto const matches = [&](std::string const& glob) { return matches_glob(glob, full_name); };
    return std::ranges::any_of(by.include, matches) && std::ranges::none_of(by.exclude, matches);
}

bool is_in_projects(instance const& by, std::string_view key)
{
    return by.projects.empty() ||
           std::ranges::any_of(by.projects, [&](auto const& each) { return std::ranges::equal(each, key, are_alike); });
}

}  // namespace bbstream::config
