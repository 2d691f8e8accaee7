// Arguments to exit code.
#include "daemon/command/complain.hpp"
#include "daemon/command/lines.hpp"
#include "daemon/command/misuse.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <exception>
#include <memory>
#include <span>

using namespace bbstream;

namespace {

constexpr char const* what_it_is = "bbstream: what happens in Bitbucket, as a lossless, ordered event stream.";

constexpr char const* footer = R"(Start here:
  bbstream config example > bbstream.toml     edit it, then
  bbstream config check bbstream.toml
  bbstream serve --config bbstream.toml

The configuration is --config FILE, else $BBSTREAM_CONFIG, else /etc/bbstream/bbstream.toml.
Exit codes: 0 done, 1 failed, 2 misused. "bbstream COMMAND --help" tells more of each.)";

// Usage lines as people write them: bbstream send [OPTIONS] [FILE].
class help_formatter : public CLI::Formatter {
   public:
    help_formatter()
    {
        column_width(26);
        label("REQUIRED", "(required)");
        label("OPTIONS", "OPTIONS");
        label("SUBCOMMAND", "COMMAND");
        label("SUBCOMMANDS", "COMMANDS");
    }
};

void describe(CLI::App& program, command::action& chosen)
{
    program.name("bbstream");
    program.description(what_it_is);
    program.formatter(std::make_shared<help_formatter>());
    program.set_version_flag("--version", "bbstream " BBSTREAM_VERSION, "what this is");
    program.set_help_flag("-h,--help", "this, or what a command can do");
    program.require_subcommand(1);
    command::add_serve(program, chosen);
    command::add_config(program, chosen);
    command::add_check(program, chosen);
    command::add_send(program, chosen);
    command::add_tail(program, chosen);
    command::add_normalize(program, chosen);
    command::add_journal(program, chosen);
    command::add_backfill(program, chosen);
    command::add_audit(program, chosen);
    command::add_gaps(program, chosen);
    command::add_repositories(program, chosen);
    command::add_pull_requests(program, chosen);
    command::add_builds(program, chosen);
    command::add_issues(program, chosen);
    command::add_insights(program, chosen);
    command::add_auth(program, chosen);
    // Last: commands would inherit it.
    program.footer(footer);
}

}  // namespace

int main(int count, char** arguments)
{
    CLI::App program;
    command::action chosen;
    describe(program, chosen);
    std::span const words(arguments + std::min(count, 1), arguments + count);
    if (auto const wrong = command::find_empty_argument(program, words))
        return command::explain_misuse(program, *wrong, words);
    try {
        program.parse(count, arguments);
        return chosen();
    } catch (CLI::Success const& shown) {
        return program.exit(shown);
    } catch (CLI::ParseError const& error) {
        return command::explain_misuse(program, error.what(), words);
    } catch (std::exception const& error) {
        return command::complain(error.what());
    }
}
