#include "daemon/command/given_values.hpp"

#include <CLI/CLI.hpp>

namespace bbstream::command {
namespace {

constexpr char const* empty_value = "an empty value was given";

}  // namespace

void refuse_empty_values(CLI::App& program)
{
    auto const is_given = [](std::string const& text) { return std::string(text.empty() ? empty_value : ""); };
    for (auto* const option : program.get_options([](CLI::Option const*) { return true; }))
        if (option->get_items_expected_max() > 0)
            option->check(CLI::Validator(is_given, ""));
    for (auto* const command : program.get_subcommands([](CLI::App const*) { return true; }))
        refuse_empty_values(*command);
}

std::optional<std::string> find_empty_value(std::span<char* const> arguments)
{
    for (std::string_view const each : arguments) {
        if (each == "--")
            break;
        if (each.starts_with("--") && each.find('=') == each.size() - 1)
            return std::string(each.substr(0, each.size() - 1)) + ": " + empty_value;
    }
    return std::nullopt;
}

}  // namespace bbstream::command
