#include "daemon/command/bitbucket/options.hpp"

#include "daemon/command/bitbucket/arguments.hpp"
#include "daemon/command/lines.hpp"

namespace bbstream::command {

void add_bitbucket_options(CLI::App& to, bitbucket_options& options, needs what)
{
    auto const is_name = [](std::string const& text) {
        auto const read = rest::parse_repository_name(text);
        return read ? std::string() : read.error().message;
    };
    if (what != needs::no_repository)
        to.add_option("--repo", options.repository_text, "which repository; Data Center: PROJECT/SLUG")
            ->required(what == needs::a_repository)
            ->check(CLI::Validator(is_name, ""))
            ->option_text("WORKSPACE/SLUG");
    add_config_option(to, options.config_path);
    to.add_option("--instance", options.instance, "which one, where several are configured")->option_text("NAME");
    to.add_flag("--json", options.json, "one JSON object a line");
}

void add_limit_option(CLI::App& to, std::uint64_t& limit)
{
    to.add_option("--limit", limit, "stop after so many; 0: all (0)")->check(whole_number(0))->option_text("N");
}

}  // namespace bbstream::command
