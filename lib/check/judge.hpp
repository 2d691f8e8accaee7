// From what was found to a line: all decisions of `check` that need no I/O.
#pragma once

#include "base/time.hpp"
#include "check/line.hpp"
#include "check/scopes.hpp"
#include "hooks/survey.hpp"
#include "rest/budget.hpp"
#include "rest/message.hpp"

#include <optional>

namespace bbstream::check {

// A certificate that ends sooner is worth a word.
inline constexpr micros certificate_margin = 21LL * 24 * 3600 * 1'000'000;
// A clock that is further off, in seconds.
inline constexpr std::int64_t skew_noticed = 10;
inline constexpr std::int64_t skew_refused = 300;

line judge_certificate(micros ends, micros now);

// `date`: the header, in whole seconds; `before` and `after`: our clock around the request.
line judge_clock(std::string_view date, micros before, micros after);

// What Cloud answers to GET /user: 403 to what is no user, or may not say who it is. Where it is refused `said` is
// empty, unless it is not Bitbucket that answers. `prefix` as below.
line judge_user(rest::response const& answer, std::string const& prefix);

// What Data Center answers to datacenter::standing_request(), where no answer names the user. `prefix` as below.
line judge_standing(rest::response const& answer, std::string const& prefix);

// The scopes of an answer's headers against those that are needed; `prefix` goes before the check's name.
line judge_scopes(rest::response const& answer, std::vector<scope> const& needed, vocabulary in,
                  std::string const& prefix);

// `configured`: what the budget goes by, as text.
line judge_allowance(rest::allowance const& left, std::string const& configured);

// The hooks that were seen against those that should be there.
line judge_hooks(hooks::survey const& seen, config::instance const& one, std::vector<std::string> const& events);

}  // namespace bbstream::check
