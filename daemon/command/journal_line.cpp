// bbstream journal status | fsck
#include "daemon/command/journal.hpp"
#include "daemon/command/lines.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace bbstream::command {

namespace {

std::shared_ptr<journal_options> add_options(CLI::App& to)
{
    auto options = std::make_shared<journal_options>();
    add_config_option(to, options->config_path);
    to.add_flag("--json", options->json, "one JSON object");
    return options;
}

}  // namespace

void add_journal(CLI::App& program, action& chosen)
{
    auto* line = program.add_subcommand("journal", "look at the journal, beside a running daemon or without");
    line->group(journal_group)->require_subcommand(1);

    auto* status = line->add_subcommand("status", "what is kept: sequences, segments, bytes");
    status->group("Commands");
    status->callback(
        [&chosen, options = add_options(*status)] { chosen = [options] { return run_journal_status(*options); }; });

    auto* fsck = line->add_subcommand("fsck", "read every byte and check it; exit 1 when something is damaged");
    fsck->group("Commands");
    fsck->footer("It changes nothing.");
    fsck->callback(
        [&chosen, options = add_options(*fsck)] { chosen = [options] { return run_journal_fsck(*options); }; });
}

}  // namespace bbstream::command
