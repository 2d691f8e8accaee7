// bbstream prs
#include "daemon/command/bitbucket/arguments.hpp"
#include "daemon/command/bitbucket/noun_lines.hpp"
#include "daemon/command/bitbucket/review.hpp"
#include "daemon/command/bitbucket/show.hpp"

#include <map>

namespace bbstream::command {
namespace {

void add_listing(CLI::App& noun, action& chosen)
{
    auto options = add_list(noun, chosen, listed::pull_requests, "with where their review stands");
    using rest::pull_request_state;
    std::map<std::string, pull_request_state> const states = {{"open", pull_request_state::open},
                                                              {"merged", pull_request_state::merged},
                                                              {"declined", pull_request_state::declined},
                                                              {"superseded", pull_request_state::superseded},
                                                              {"all", pull_request_state::all}};
    auto const read = [options, states](std::string const& name) { options->state = states.at(name); };
    noun.get_subcommand("list")
        ->add_option_function<std::string>("--state", read, "open, merged, declined, superseded or all (open)")
        ->check(CLI::IsMember({"open", "merged", "declined", "superseded", "all"}))
        ->option_text("STATE");
}

void add_step(CLI::App& noun, action& chosen, std::string const& name, review_step what, std::string const& help)
{
    auto& line = add_verb(noun, name, help);
    auto options = std::make_shared<review_options>();
    options->what = what;
    line.add_option("ID", options->id, "its number")->required()->check(whole_number(1))->option_text(" ");
    if (what == review_step::comment)
        line.add_option("--text", options->text, "in Markdown")->required()->option_text("TEXT");
    add_bitbucket_options(line, *options, needs::a_repository);
    line.callback([&chosen, options] { chosen = [options] { return run_review(*options); }; });
}

}  // namespace

void add_pull_requests(CLI::App& program, action& chosen)
{
    auto& noun = add_noun(program, "prs", "pull requests of a repository");
    add_listing(noun, chosen);
    auto& show = add_verb(noun, "show", "one, with its reviewers and what it changes");
    auto options = std::make_shared<show_options>();
    options->what = showable::pull_request;
    show.add_option("ID", options->id, "its number")->required()->check(whole_number(1))->option_text(" ");
    add_bitbucket_options(show, *options, needs::a_repository);
    show.callback([&chosen, options] { chosen = [options] { return run_show(*options); }; });
    add_step(noun, chosen, "approve", review_step::approve, "say that it is good");
    add_step(noun, chosen, "unapprove", review_step::unapprove, "take that back");
    add_step(noun, chosen, "request-changes", review_step::request_changes, "say that it is not");
    add_step(noun, chosen, "comment", review_step::comment, "say something about it");
    add_step(noun, chosen, "merge", review_step::merge, "merge it, and wait until it is");
    add_step(noun, chosen, "decline", review_step::decline, "close it without merging");
}

}  // namespace bbstream::command
