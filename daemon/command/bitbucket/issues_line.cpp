// bbstream issues
#include "daemon/command/bitbucket/arguments.hpp"
#include "daemon/command/bitbucket/issue_change.hpp"
#include "daemon/command/bitbucket/noun_lines.hpp"
#include "daemon/command/bitbucket/show.hpp"

namespace bbstream::command {
namespace {

void add_step(CLI::App& noun, action& chosen, std::string const& name, issue_step what, std::string const& help)
{
    auto& line = add_verb(noun, name, help);
    auto options = std::make_shared<issue_options>();
    options->what = what;
    if (what == issue_step::create)
        line.add_option("--title", options->title, "one line")->required()->option_text("TEXT");
    else
        line.add_option("KEY", options->key, "PROJECT-123, or a number of Bitbucket's own tracker")
            ->required()
            ->check(one_name())
            ->option_text(" ");
    if (what == issue_step::transition)
        line.add_option("--to", options->to, "a transition's name, or a state's")->required()->option_text("NAME");
    else
        line.add_option("--text", options->text, "plain text")
            ->required(what == issue_step::comment)
            ->option_text("TEXT");
    add_bitbucket_options(line, *options, needs::maybe_a_repository);
    line.callback([&chosen, options] { chosen = [options] { return run_issue_change(*options); }; });
}

}  // namespace

void add_issues(CLI::App& program, action& chosen)
{
    auto& noun = add_noun(program, "issues", "issues of Jira Cloud, where jira.* is set; else of the repository");
    add_list(noun, chosen, listed::issues, "the latest first");
    auto& show = add_verb(noun, "show", "one issue");
    auto options = std::make_shared<show_options>();
    options->what = showable::issue;
    show.add_option("KEY", options->key, "PROJECT-123, or a number of Bitbucket's own tracker")
        ->required()
        ->check(one_name())
        ->option_text(" ");
    add_bitbucket_options(show, *options, needs::maybe_a_repository);
    show.callback([&chosen, options] { chosen = [options] { return run_show(*options); }; });
    add_step(noun, chosen, "create", issue_step::create, "a new one");
    add_step(noun, chosen, "comment", issue_step::comment, "say something about one");
    add_step(noun, chosen, "transition", issue_step::transition, "take one to another state");
}

}  // namespace bbstream::command
