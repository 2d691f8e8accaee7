// What a scan has found, for Code Insights, from SARIF 2.1.0 or from a list of annotations.
#pragma once

#include "base/failure.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::rest {

// Of one report; Bitbucket takes no more.
inline constexpr std::size_t findings_max = 1000;

enum class severity : std::uint8_t { low, medium, high, critical };

struct finding {
    std::string id;                      // unique within the report
    std::string kind = "VULNERABILITY";  // | CODE_SMELL | BUG
    rest::severity severity = severity::medium;
    std::string summary;
    std::string details;
    std::string path;        // relative to the repository; empty: of no file
    std::uint32_t line = 0;  // from 1; 0: of no line
    std::string link;
};

struct scan {
    std::string tool;  // empty: unknown
    std::vector<finding> findings;
};

// Results that are suppressed are left out. Severities are those of "security-severity" where a rule has it, else of
// the level. Errors: invalid when the text is no SARIF.
result<scan> read_sarif(std::string_view text);

// A JSON array of annotations, or an object with such a member "annotations", with the names of either product.
// Errors: invalid, also for one without a summary.
result<scan> read_annotations(std::string_view text);

// Keeps the gravest findings_max; how many were left out.
std::size_t keep_gravest(std::vector<finding>& findings);

// At most so many bytes, cut between characters.
std::string cut(std::string_view text, std::size_t bytes_max);

}  // namespace bbstream::rest
