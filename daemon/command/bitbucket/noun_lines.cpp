#include "daemon/command/bitbucket/noun_lines.hpp"

namespace bbstream::command {
namespace {

needs repository_of(listed what)
{
    if (what == listed::repositories || what == listed::projects)
        return needs::no_repository;
    return what == listed::issues ? needs::maybe_a_repository : needs::a_repository;
}

}  // namespace

CLI::App& add_noun(CLI::App& program, std::string const& name, std::string const& what)
{
    auto* line = program.add_subcommand(name, what);
    line->group(bitbucket_group)->require_subcommand(1);
    return *line;
}

CLI::App& add_verb(CLI::App& noun, std::string const& name, std::string const& what)
{
    auto* line = noun.add_subcommand(name, what);
    line->group("Commands");
    return *line;
}

std::shared_ptr<list_options> add_list(CLI::App& noun, action& chosen, listed what, std::string const& help)
{
    auto& line = add_verb(noun, "list", help);
    auto options = std::make_shared<list_options>();
    options->what = what;
    add_bitbucket_options(line, *options, repository_of(what));
    add_limit_option(line, options->limit);
    line.callback([&chosen, options] { chosen = [options] { return run_list(*options); }; });
    return options;
}

}  // namespace bbstream::command
