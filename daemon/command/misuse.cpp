#include "daemon/command/misuse.hpp"

#include "config/report.hpp"
#include "daemon/command/complain.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

namespace bbstream::command {

namespace {

std::vector<CLI::App*> commands_of(CLI::App& of)
{
    return of.get_subcommands([](CLI::App const*) { return true; });
}

// The command that the arguments have come to, and the word after it, if it should have been a command but is none.
struct way {
    CLI::App* reached;
    std::string path;
    std::optional<std::string> stray;
};

way follow(CLI::App& program, std::span<char* const> arguments)
{
    way at{&program, "bbstream", std::nullopt};
    for (std::string const word : arguments) {
        auto const below = commands_of(*at.reached);
        if (below.empty())
            break;
        auto const next =
            std::find_if(below.begin(), below.end(), [&](CLI::App const* each) { return each->get_name() == word; });
        if (next == below.end()) {
            at.stray = word;
            break;
        }
        at.reached = *next;
        at.path += ' ' + word;
    }
    return at;
}

// Whether the word after this one is its value, whatever it looks like.
bool takes_a_value(CLI::App const& of, std::string const& word)
{
    auto const* const option = of.get_option_no_throw(word);
    return option != nullptr && option->get_items_expected_min() > 0;
}

}  // namespace

int explain_misuse(CLI::App& program, std::string why, std::span<char* const> arguments)
{
    auto const at = follow(program, arguments);
    std::set<std::string> names;
    for (auto const* each : commands_of(*at.reached))
        names.insert(each->get_name());
    if (at.stray && at.stray->starts_with('-')) {
        why = "no such option: " + config::shown(*at.stray);
    } else if (at.stray) {
        auto const meant = config::nearest_key(*at.stray, names);
        why = "no such command: " + config::shown(*at.stray) + (meant.empty() ? "" : "; did you mean " + meant + "?");
    } else if (!names.empty()) {
        why = "a command is missing";
    }
    complain(why + " (" + at.path + " --help)");
    return misused;
}

std::optional<std::string> find_empty_argument(CLI::App& program, std::span<char* const> arguments)
{
    constexpr char const* empty_value = ": an empty value was given";
    auto const& command = *follow(program, arguments).reached;
    std::string_view before;
    for (std::string_view const each : arguments) {
        if (each.empty())
            return before.starts_with('-') ? std::string(before) + empty_value : "an empty argument was given";
        bool const is_value = before.starts_with('-') && takes_a_value(command, std::string(before));
        if (!is_value && each.starts_with("--") && each.find('=') == each.size() - 1)
            return std::string(each.substr(0, each.size() - 1)) + empty_value;
        before = each;
    }
    return std::nullopt;
}

}  // namespace bbstream::command
