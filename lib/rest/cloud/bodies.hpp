// What Cloud is sent: JSON that always carries its `type`.
#pragma once

#include "rest/actions.hpp"

#include <span>

namespace bbstream::rest::cloud {

// Annotations of one call; more is a 400.
inline constexpr std::size_t annotations_max = 100;

std::string comment_body(std::string_view type, std::string_view text);
std::string status_body(build_status const& status);
std::string run_body(pipeline_run const& what);
std::string report_body(insight_report const& what);
std::string annotations_body(std::span<finding const> findings);
std::string issue_body(std::string_view title, std::string_view text);
std::string issue_state_body(std::string_view state);

}  // namespace bbstream::rest::cloud
