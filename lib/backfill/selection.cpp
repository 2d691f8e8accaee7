#include "backfill/selection.hpp"

#include <algorithm>

namespace bbstream::backfill {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool matches_glob(std::string_view glob, std::string_view text)
{
    std::size_t at = 0;
    std::size_t in_glob = 0;
    std::size_t star = std::string_view::npos;  // the last one; it stands for what is before `resumed`
    std::size_t resumed = 0;
    while (at < text.size()) {
        if (in_glob < glob.size() && glob[in_glob] == '*') {
            star = in_glob++;
            resumed = at;
        } else if (in_glob < glob.size() && (glob[in_glob] == '?' || lower(glob[in_glob]) == lower(text[at]))) {
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

bool is_selected(std::vector<std::string> const& include, std::vector<std::string> const& exclude,
                 std::string_view full_name)
{
    auto const matches = [&](std::string const& glob) { return matches_glob(glob, full_name); };
    return std::ranges::any_of(include, matches) && std::ranges::none_of(exclude, matches);
}

}  // namespace bbstream::backfill
