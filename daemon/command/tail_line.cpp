// bbstream tail
#include "daemon/command/lines.hpp"
#include "daemon/command/tail.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace bbstream::command {

void add_tail(CLI::App& program, action& chosen)
{
    auto* line = program.add_subcommand("tail", "show the last events of the file sink, and those that come");
    auto options = std::make_shared<tail_options>();
    line->group(events_group);
    add_config_option(*line, options->config_path);
    line->add_flag("--follow,-f", options->follow, "go on as events come, until Ctrl-C");
    line->add_flag("--json", options->json, "the events as they are, one JSON object a line");
    line->add_option("--limit", options->limit, "how many of the last events; 0: all that are kept (20)")
        ->option_text("N");
    line->callback([&chosen, options] { chosen = [options] { return run_tail(*options); }; });
}

}  // namespace bbstream::command
