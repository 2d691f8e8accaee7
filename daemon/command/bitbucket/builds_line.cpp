// bbstream pipelines | statuses
#include "daemon/command/bitbucket/log.hpp"
#include "daemon/command/bitbucket/noun_lines.hpp"
#include "daemon/command/bitbucket/show.hpp"

namespace bbstream::command {
namespace {

void add_show(CLI::App& noun, action& chosen)
{
    auto& line = add_verb(noun, "show", "one, with its steps");
    auto options = std::make_shared<show_options>();
    options->what = showable::pipeline;
    line.add_option("PIPELINE", options->key, "its UUID or number")->required()->option_text(" ");
    add_bitbucket_options(line, *options, needs::a_repository);
    line.callback([&chosen, options] { chosen = [options] { return run_show(*options); }; });
}

void add_log(CLI::App& noun, action& chosen)
{
    auto& line = add_verb(noun, "log", "what its steps wrote");
    auto options = std::make_shared<log_options>();
    line.add_option("PIPELINE", options->key, "its UUID or number")->required()->option_text(" ");
    line.add_option("--step", options->step, "of this step only, counted from 1")
        ->check(CLI::PositiveNumber)
        ->option_text("N");
    add_bitbucket_options(line, *options, needs::a_repository);
    line.callback([&chosen, options] { chosen = [options] { return run_log(*options); }; });
}

}  // namespace

void add_builds(CLI::App& program, action& chosen)
{
    auto& pipelines = add_noun(program, "pipelines", "Cloud's pipelines");
    add_list(pipelines, chosen, listed::pipelines, "the latest first");
    add_show(pipelines, chosen);
    add_log(pipelines, chosen);

    auto& statuses = add_noun(program, "statuses", "what builds report on a commit");
    auto options = add_list(statuses, chosen, listed::statuses, "of one commit");
    statuses.get_subcommand("list")->add_option("COMMIT", options->commit, "its hash")->required()->option_text(" ");
}

}  // namespace bbstream::command
