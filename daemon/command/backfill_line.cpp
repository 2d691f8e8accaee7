// bbstream backfill
#include "daemon/command/backfill.hpp"
#include "daemon/command/lines.hpp"
#include "daemon/command/since.hpp"

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
    auto const read_since = [options](std::string const& text) {
        auto const now = now_micros();
        options->since = parse_since(text, now);
        if (!options->since || *options->since <= 0)
            throw CLI::ValidationError("--since", "'" + text + "' is no time like 2026-08-24T10:00:00Z, and no 7d");
        if (*options->since > now)
            throw CLI::ValidationError("--since", "'" + text + "' has not come yet");
    };
    line->add_option_function<std::string>(
            "--since", read_since, "with older commits that were never told: a time, a date, or so long ago: 7d")
        ->option_text("T");
    line->add_flag("--dry-run", options->dry_run, "only what it would take; Bitbucket is asked for nothing");
    line->add_flag("--json", options->json, "one object on one line, at the end");
    line->footer(
        "It speaks to the daemon that runs with this configuration, which needs admin.token. Ctrl-C ends the showing, "
        "not the work.\n"
        "What is found is published by the daemon. What a repository held before the daemon first saw it is told with "
        "--since only: the commits of its branches, as commit.added. The daemon goes on with that after a restart.\n\n"
        "Examples:\n  bbstream backfill --instance cloud --repo 'acme/*' --dry-run\n"
        "  bbstream backfill --repo acme/api --since 90d");
    line->callback([&chosen, options] { chosen = [options] { return run_backfill(*options); }; });
}

}  // namespace bbstream::command
