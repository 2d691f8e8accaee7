// Arguments to exit code.
#include "config/report.hpp"
#include "daemon/command/complain.hpp"
#include "daemon/command/lines.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <exception>
#include <memory>
#include <set>
#include <string>
#include <vector>

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
    program.description(what_it_is);
    program.footer(footer);
    program.formatter(std::make_shared<help_formatter>());
    program.set_version_flag("--version", "bbstream " BBSTREAM_VERSION, "what this is");
    program.set_help_flag("-h,--help", "this, or what a command can do");
    program.require_subcommand(1);
    command::add_serve(program, chosen);
    command::add_config(program, chosen);
    command::add_send(program, chosen);
    command::add_tail(program, chosen);
    command::add_normalize(program, chosen);
    command::add_journal(program, chosen);
}

// The command that the arguments have come to, and the word after it that is none of its commands.
struct way {
    CLI::App* reached;
    std::string path;
    std::string stray;   // a word where a command should be
    std::string option;  // an option where a command should be
};

std::vector<CLI::App*> commands_of(CLI::App& of)
{
    return of.get_subcommands([](CLI::App const*) { return true; });
}

way follow(CLI::App& program, int count, char** arguments)
{
    way at{&program, "bbstream", "", ""};
    for (int i = 1; i < count; ++i) {
        auto const below = commands_of(*at.reached);
        if (below.empty())
            break;
        if (arguments[i][0] == '-') {
            at.option = arguments[i];
            break;
        }
        auto const next = std::find_if(below.begin(), below.end(),
                                       [&](CLI::App const* each) { return each->get_name() == arguments[i]; });
        if (next == below.end()) {
            at.stray = arguments[i];
            break;
        }
        at.reached = *next;
        at.path += std::string(" ") + arguments[i];
    }
    return at;
}

// One line that says what is wrong and where to read on.
int explain(CLI::App& program, CLI::ParseError const& error, int count, char** arguments)
{
    auto const at = follow(program, count, arguments);
    std::set<std::string> names;
    for (auto const* each : commands_of(*at.reached))
        names.insert(each->get_name());
    std::string why = error.what();
    if (!at.stray.empty()) {
        auto const meant = config::nearest_key(at.stray, names);
        why = "no such command: " + config::shown(at.stray) + (meant.empty() ? "" : "; did you mean " + meant + "?");
    } else if (!at.option.empty()) {
        why = "no such option: " + config::shown(at.option);
    } else if (!names.empty()) {
        why = "a command is missing";
    }
    command::complain(why + " (" + at.path + " --help)");
    return command::misused;
}

}  // namespace

int main(int count, char** arguments)
{
    CLI::App program;
    command::action chosen;
    describe(program, chosen);
    try {
        program.parse(count, arguments);
        return chosen();
    } catch (CLI::Success const& shown) {
        return program.exit(shown);
    } catch (CLI::ParseError const& error) {
        return explain(program, error, count, arguments);
    } catch (std::exception const& error) {
        return command::complain(error.what());
    }
}
