#include "daemon/command/bitbucket/arguments.hpp"

#include "config/report.hpp"

#include <charconv>

namespace bbstream::command {

CLI::Validator whole_number(std::uint64_t least)
{
    auto const check = [least](std::string const& text) {
        std::uint64_t value = 0;
        auto const* const end = text.data() + text.size();
        auto const [at, error] = std::from_chars(text.data(), end, value);
        bool const right = error == std::errc{} && at == end && value >= least;
        return right ? std::string()
                     : "no whole number of at least " + std::to_string(least) + ": " + config::shown(text);
    };
    return {check, ""};
}

CLI::Validator one_name()
{
    auto const check = [](std::string const& text) {
        bool const right = !text.empty() && text != "." && text != "..";
        return right ? std::string() : "no name: " + config::shown(text);
    };
    return {check, ""};
}

}  // namespace bbstream::command
