// Which repositories are looked at: globs on WORKSPACE/SLUG or PROJECT/SLUG.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bbstream::backfill {

// `*` stands for any text, `?` for one character; case does not matter, as it does not to Bitbucket.
bool matches_glob(std::string_view glob, std::string_view text);

// Whether one of `include` matches, and none of `exclude`.
bool is_selected(std::vector<std::string> const& include, std::vector<std::string> const& exclude,
                 std::string_view full_name);

}  // namespace bbstream::backfill
