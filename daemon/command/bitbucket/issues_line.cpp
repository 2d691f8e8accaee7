// bbstream issues
#include "daemon/command/bitbucket/noun_lines.hpp"
#include "daemon/command/bitbucket/show.hpp"

namespace bbstream::command {

void add_issues(CLI::App& program, action& chosen)
{
    auto& noun = add_noun(program, "issues", "issues of Jira Cloud, where jira.* is set; else of the repository");
    add_list(noun, chosen, listed::issues, "the latest first");
    auto& show = add_verb(noun, "show", "one issue");
    auto options = std::make_shared<show_options>();
    options->what = showable::issue;
    show.add_option("KEY", options->key, "PROJECT-123, or a number of Bitbucket's own tracker")
        ->required()
        ->option_text(" ");
    add_bitbucket_options(show, *options, needs::maybe_a_repository);
    show.callback([&chosen, options] { chosen = [options] { return run_show(*options); }; });
}

}  // namespace bbstream::command
