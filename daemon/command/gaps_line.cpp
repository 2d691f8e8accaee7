// bbstream gaps
#include "daemon/command/gaps.hpp"
#include "daemon/command/lines.hpp"
#include "daemon/command/since.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace bbstream::command {

void add_gaps(CLI::App& program, action& chosen)
{
    auto* line = program.add_subcommand("gaps", "what was not delivered, when, why, and whether it was fetched");
    auto options = std::make_shared<gaps_options>();
    line->group(journal_group);
    add_config_option(*line, options->config_path);
    auto const read_since = [options](std::string const& text) {
        options->since = parse_since(text, now_micros());
        if (!options->since)
            throw CLI::ValidationError("--since", "'" + text + "' is no time like 2026-08-24T10:00:00Z, and no 7d");
    };
    line->add_option_function<std::string>("--since", read_since,
                                           "a time, a date, or so long ago: 7d (all that the journal has)")
        ->option_text("T");
    line->add_flag("--open", options->open, "only what is not filled yet");
    line->add_flag("--json", options->json, "one JSON object a line");
    line->footer(
        "It folds the retained journal again, changes nothing, and works beside a running daemon.\n"
        "What is unfillable was refused or is beyond reach; \"missing\" counts what is known of it.");
    line->callback([&chosen, options] { chosen = [options] { return run_gaps(*options); }; });
}

}  // namespace bbstream::command
