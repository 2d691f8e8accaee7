// bbstream serve
#include "daemon/command/lines.hpp"
#include "daemon/command/serve.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace bbstream::command {

void add_serve(CLI::App& program, action& chosen)
{
    auto* line = program.add_subcommand("serve", "receive webhooks, keep them, publish their events");
    auto options = std::make_shared<daemon::serve_options>();
    line->group(serving_group);
    add_config_option(*line, options->config_path);
    line->add_flag("--take-over", options->take_over,
                   "serve instances that another node has served, which must not publish any more (sink kafka)");
    line->footer(
        "It stays in the foreground; SIGTERM or Ctrl-C finish what has begun and end it, SIGHUP reads the certificate "
        "again.\n"
        "With the sink kafka one daemon serves an instance: a second one, under another node name, ends with exit 1.\n"
        "Under systemd it says when it is ready and logs JSON lines.");
    line->callback([&chosen, options] { chosen = [options] { return daemon::run_serve(*options); }; });
}

}  // namespace bbstream::command
