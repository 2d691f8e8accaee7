// bbstream normalize
#include "daemon/command/lines.hpp"
#include "daemon/command/normalize.hpp"

#include <CLI/CLI.hpp>

#include <map>
#include <memory>

namespace bbstream::command {

void add_normalize(CLI::App& program, action& chosen)
{
    auto* line = program.add_subcommand("normalize", "turn one webhook body into its events, without a daemon");
    auto options = std::make_shared<normalize_options>();
    line->group(events_group);
    add_platform_option(*line, options->platform);
    line->add_option("--event", options->event_key, "the event key, such as repo:push")->required()->option_text("KEY");
    line->add_option("--instance", options->instance, "the name that goes into ids; else the platform's")
        ->option_text("NAME");
    line->add_option("FILE", options->file, "the body; else standard input")->option_text(" ");
    line->footer("Example:\n  bbstream normalize --platform cloud --event repo:push push.json");
    line->callback([&chosen, options] { chosen = [options] { return run_normalize(*options); }; });
}

}  // namespace bbstream::command
