// What Data Center is sent.
#pragma once

#include "rest/actions.hpp"

#include <span>

namespace bbstream::rest::datacenter {

// "APPROVED"
std::string_view status_name(verdict how);
std::string participant_body(std::string_view user, verdict how);
std::string comment_body(std::string_view text);
std::string status_body(build_status const& status);
std::string report_body(insight_report const& what);
std::string annotations_body(std::span<finding const> findings);

}  // namespace bbstream::rest::datacenter
