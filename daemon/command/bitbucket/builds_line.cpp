// bbstream pipelines | deployments | statuses
#include "daemon/command/bitbucket/arguments.hpp"
#include "daemon/command/bitbucket/builds.hpp"
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
    line.add_option("PIPELINE", options->key, "its UUID or number")->required()->check(one_name())->option_text(" ");
    add_bitbucket_options(line, *options, needs::a_repository);
    line.callback([&chosen, options] { chosen = [options] { return run_show(*options); }; });
}

void add_log(CLI::App& noun, action& chosen)
{
    auto& line = add_verb(noun, "log", "what its steps wrote");
    auto options = std::make_shared<log_options>();
    line.add_option("PIPELINE", options->key, "its UUID or number")->required()->check(one_name())->option_text(" ");
    line.add_option("--step", options->step, "of this step only, counted from 1")
        ->check(whole_number(1))
        ->option_text("N");
    add_bitbucket_options(line, *options, needs::a_repository);
    line.callback([&chosen, options] { chosen = [options] { return run_log(*options); }; });
}

void add_run(CLI::App& noun, action& chosen)
{
    auto const is_pair = [](std::string const& text) {
        bool const right = text.find('=') != std::string::npos && !text.starts_with('=');
        return right ? std::string() : "no KEY=VALUE: " + text;
    };
    auto& line = add_verb(noun, "run", "start one on a branch");
    auto options = std::make_shared<run_options>();
    line.add_option("--branch", options->branch, "which one")->required()->option_text("NAME");
    line.add_option("--pattern", options->pattern, "a custom pipeline of that name")->option_text("NAME");
    line.add_option("--var", options->variables, "a variable; may be repeated; no place for secrets")
        ->check(CLI::Validator(is_pair, ""))
        ->allow_extra_args(false)
        ->option_text("KEY=VALUE");
    add_bitbucket_options(line, *options, needs::a_repository);
    line.callback([&chosen, options] { chosen = [options] { return run_pipeline_run(*options); }; });
}

void add_stop(CLI::App& noun, action& chosen)
{
    auto& line = add_verb(noun, "stop", "stop one that runs");
    auto options = std::make_shared<stop_options>();
    line.add_option("PIPELINE", options->key, "its UUID or number")->required()->check(one_name())->option_text(" ");
    add_bitbucket_options(line, *options, needs::a_repository);
    line.callback([&chosen, options] { chosen = [options] { return run_pipeline_stop(*options); }; });
}

void add_set(CLI::App& noun, action& chosen)
{
    auto& line = add_verb(noun, "set", "report on a commit; the same key again replaces what it said");
    auto options = std::make_shared<status_options>();
    line.add_option("COMMIT", options->commit, "its hash")->required()->check(one_name())->option_text(" ");
    line.add_option("--key", options->key, "what reports, the same for each run")->required()->option_text("KEY");
    line.add_option("--state", options->state, "successful, failed, inprogress or stopped")
        ->required()
        ->check(CLI::IsMember({"successful", "failed", "inprogress", "stopped"}, CLI::ignore_case))
        ->option_text("STATE");
    line.add_option("--url", options->url, "where to read on")->required()->option_text("URL");
    line.add_option("--name", options->name, "for people")->option_text("TEXT");
    line.add_option("--description", options->description, "for people")->option_text("TEXT");
    line.add_option("--ref", options->ref, "the branch that was built; Data Center: refs/heads/NAME")
        ->option_text("REF");
    add_bitbucket_options(line, *options, needs::a_repository);
    line.callback([&chosen, options] { chosen = [options] { return run_status_set(*options); }; });
}

}  // namespace

void add_builds(CLI::App& program, action& chosen)
{
    auto& pipelines = add_noun(program, "pipelines", "Cloud's pipelines");
    add_list(pipelines, chosen, listed::pipelines, "the latest first");
    add_show(pipelines, chosen);
    add_log(pipelines, chosen);
    add_run(pipelines, chosen);
    add_stop(pipelines, chosen);

    add_list(add_noun(program, "deployments", "what Cloud's pipelines have deployed, and where"), chosen,
             listed::deployments, "of all environments, in Bitbucket's own order");

    auto& statuses = add_noun(program, "statuses", "what builds report on a commit");
    auto options = add_list(statuses, chosen, listed::statuses, "of one commit");
    statuses.get_subcommand("list")
        ->add_option("COMMIT", options->commit, "its hash")
        ->required()
        ->check(one_name())
        ->option_text(" ");
    add_set(statuses, chosen);
}

}  // namespace bbstream::command
