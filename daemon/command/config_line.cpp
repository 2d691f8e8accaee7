// bbstream config check | example
#include "daemon/command/config.hpp"
#include "daemon/command/lines.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace bbstream::command {

void add_config(CLI::App& program, action& chosen)
{
    auto* line = program.add_subcommand("config", "check a configuration, or print one to start from");
    line->group(serving_group)->require_subcommand(1);

    auto* check = line->add_subcommand("check", "exit 0, or every problem with its line, its key and its cure");
    check->group("Commands");
    auto options = std::make_shared<config_check_options>();
    add_config_argument(*check, options->path);
    check->add_flag("--strict", options->strict,
                    "secrets and certificates that can't be read are failures, not warnings");
    check->footer("Example:\n  bbstream config check /etc/bbstream/bbstream.toml && systemctl restart bbstream");
    check->callback([&chosen, options] { chosen = [options] { return run_config_check(*options); }; });

    auto* example = line->add_subcommand("example", "print a commented configuration with every key");
    example->group("Commands");
    example->footer("Example:\n  bbstream config example > bbstream.toml");
    example->callback([&chosen] { chosen = [] { return run_config_example(); }; });
}

}  // namespace bbstream::command
