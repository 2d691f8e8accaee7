// bbstream backfill
#include "daemon/command/backfill.hpp"
#include "daemon/command/lines.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace bbstream::command {

void add_backfill(CLI::App& program, action& chosen)
{
    auto* line = program.add_subcommand("backfill", "make the running daemon look now for what webhooks lost");
    auto options = std::make_shared<backfill_options>();
    line->group(bitbucket_group);
    add_config_option(*line, options->config_path);
    line->add_option("--instance", options->instance, "one instance only")->option_text("NAME");
    line->add_option("--repo", options->repository, "those that match: WORKSPACE/SLUG or PROJECT/SLUG, with * and ?")
        ->option_text("NAME");
    line->add_flag("--dry-run", options->dry_run, "only what it would take; Bitbucket is asked for nothing");
    line->add_flag("--json", options->json, "one object on one line, at the end");
    line->footer(
        "It speaks to the daemon that runs with this configuration, which needs admin.token. Ctrl-C ends the showing, "
        "not the work.\n"
        "What is found is published by the daemon. What a repository held before the daemon first saw it is not told "
        "(there is no --since).\n\n"
        "Example:\n  bbstream backfill --instance cloud --repo 'acme/*' --dry-run");
    line->callback([&chosen, options] { chosen = [options] { return run_backfill(*options); }; });
}

}  // namespace bbstream::command
