// bbstream audit
#include "daemon/command/audit.hpp"
#include "daemon/command/lines.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace bbstream::command {

void add_audit(CLI::App& program, action& chosen)
{
    auto* line = program.add_subcommand("audit", "compare what lies in the sink with the journal, folded again");
    auto options = std::make_shared<audit_options>();
    line->group(journal_group);
    add_config_option(*line, options->config_path);
    line->add_option("--from", options->from, "the first record's sequence (the first that can be compared)")
        ->option_text("SEQ");
    line->add_option("--to", options->to, "the last record's sequence (the last that is published)")
        ->option_text("SEQ");
    line->add_flag("--json", options->json, "one JSON object");
    line->footer(
        "Events that are missing, doubled, out of order, foreign or different are named; then it exits 1.\n"
        "Different may also be what was published before a change of [privacy] or kafka.content_mode.\n"
        "It changes nothing, and works beside a running daemon.");
    line->callback([&chosen, options] { chosen = [options] { return run_audit(*options); }; });
}

}  // namespace bbstream::command
