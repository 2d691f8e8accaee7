// `bbstream journal status` and `journal fsck`: looking at the journal without changing it.
#pragma once

#include <string>

namespace bbstream::command {

struct journal_options {
    std::string config_path;
    bool json = false;
};

// What is kept, by the segments' headers and the last one's frames. Gives the exit code.
int run_journal_status(journal_options const& options);

// Reads everything; the exit code is 1 where something is damaged.
int run_journal_fsck(journal_options const& options);

}  // namespace bbstream::command
