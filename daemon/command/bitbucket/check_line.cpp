// bbstream check
#include "daemon/command/bitbucket/check.hpp"
#include "daemon/command/lines.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace bbstream::command {

void add_check(CLI::App& program, action& chosen)
{
    auto* line =
        program.add_subcommand("check", "whether what is configured is possible: credentials, scopes, Kafka, ...");
    auto options = std::make_shared<check_options>();
    line->group(serving_group);
    add_config_option(*line, options->config_path);
    line->add_option("--instance", options->instance, "only this one, without the sink")->option_text("NAME");
    line->add_option("--repo", options->repository, "where --write makes an issue, without jira.*")
        ->option_text("WORKSPACE/SLUG");
    line->add_flag("--json", options->json, "one JSON object a line");
    line->add_flag("--write", options->write,
                   "also make an issue and remove it, and write to Kafka in a transaction that is aborted");
    line->footer(
        "Each line is ok, unknown, warning or FAIL, with what to do. It exits 1 if one fails.\n"
        "Without --write it changes nothing; it works beside a running daemon.");
    line->callback([&chosen, options] { chosen = [options] { return run_check(*options); }; });
}

}  // namespace bbstream::command
