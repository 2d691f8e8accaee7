// bbstream repos | projects | branches | commits | hooks
#include "daemon/command/bitbucket/hooks_rotate.hpp"
#include "daemon/command/bitbucket/hooks_sync.hpp"
#include "daemon/command/bitbucket/noun_lines.hpp"
#include "daemon/command/bitbucket/show.hpp"

namespace bbstream::command {
namespace {

void add_hooks(CLI::App& program, action& chosen)
{
    auto& noun = add_noun(program, "hooks", "webhooks");
    add_list(noun, chosen, listed::hooks, "those of a repository, with their events");
    auto& line = add_verb(noun, "sync", "make them what the configuration says, wherever repositories are selected");
    auto options = std::make_shared<hooks_sync_options>();
    add_bitbucket_options(line, *options, needs::no_repository);
    line.add_flag("--dry-run", options->dry_run, "only say what would be done");
    line.add_flag("--prune", options->prune, "delete further hooks with webhook.url; those of others never");
    line.callback([&chosen, options] { chosen = [options] { return run_hooks_sync(*options); }; });
    auto& rotate = add_verb(noun, "rotate", "give all of them a new secret; the former one retires by itself");
    auto whose = std::make_shared<bitbucket_options>();
    add_bitbucket_options(rotate, *whose, needs::no_repository);
    rotate.footer(
        "The daemon accepts the new secret before the first hook has it. What fails, or was interrupted, is gone on\n"
        "with by the next run. Needs state.key, and admin.token beside a running daemon.");
    rotate.callback([&chosen, whose] { chosen = [whose] { return run_hooks_rotate(*whose); }; });
}

}  // namespace

void add_repositories(CLI::App& program, action& chosen)
{
    auto& repos = add_noun(program, "repos", "repositories of the workspace, or of all of Data Center");
    add_list(repos, chosen, listed::repositories, "all that the credential can see");
    auto& show = add_verb(repos, "show", "one repository");
    auto options = std::make_shared<show_options>();
    options->what = showable::repository;
    add_bitbucket_options(show, *options, needs::a_repository);
    show.callback([&chosen, options] { chosen = [options] { return run_show(*options); }; });

    add_list(add_noun(program, "projects", "projects of the workspace, or of all of Data Center"), chosen,
             listed::projects, "all that the credential can see");
    add_list(add_noun(program, "branches", "branches of a repository"), chosen, listed::branches, "by name");

    auto& commits = add_noun(program, "commits", "commits of a repository");
    auto range = add_list(commits, chosen, listed::commits, "the latest first, of the default branch or of --until");
    auto* const line = commits.get_subcommand("list");
    line->add_option("--since", range->since, "without those that this branch, tag or hash reaches")
        ->option_text("REV");
    line->add_option("--until", range->until, "those that this branch, tag or hash reaches")->option_text("REV");

    add_hooks(program, chosen);
}

}  // namespace bbstream::command
