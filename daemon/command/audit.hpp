// `bbstream audit`: what should lie in the sink, by the journal, against what does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace bbstream::command {

struct audit_options {
    std::string config_path;
    std::optional<std::uint64_t> from;  // sequences of the journal; none: all that can be compared
    std::optional<std::uint64_t> to;
    bool json = false;
};

// Reads only, beside a running daemon or without one. Gives the exit code: 1 when anything is wrong, and when nothing
// of what was asked for can be compared.
int run_audit(audit_options const& options);

}  // namespace bbstream::command
