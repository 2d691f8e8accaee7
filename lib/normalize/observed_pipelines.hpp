// Pipelines as REST shows them, in comparison with what webhooks have told: how far a look goes back.
#pragma once

#include "base/time.hpp"

namespace bbstream::normalize {

// Bitbucket's clock and its listing may lag by so much.
inline constexpr micros pipelines_overlap = 5 * 60 * 1'000'000ll;

}  // namespace bbstream::normalize
