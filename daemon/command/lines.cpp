// What the command lines of several commands share.
#include "daemon/command/lines.hpp"

#include <CLI/CLI.hpp>

namespace bbstream::command {

namespace {

// `shown` follows the name in the help.
void add(CLI::App& to, std::string const& name, std::string const& shown, std::string& path)
{
    path = default_config_path;
    to.add_option(name, path, "else $BBSTREAM_CONFIG, else " + path)->envname("BBSTREAM_CONFIG")->option_text(shown);
}

}  // namespace

void add_platform_option(CLI::App& to, product& platform)
{
    auto const read = [&platform](std::string const& name) { platform = *parse_product(name); };
    to.add_option_function<std::string>("--platform", read, "cloud or datacenter")
        ->required()
        ->check(CLI::IsMember({"cloud", "datacenter"}))
        ->option_text("PRODUCT");
}

void add_config_option(CLI::App& to, std::string& path)
{
    add(to, "-c,--config", "FILE", path);
}

void add_config_argument(CLI::App& to, std::string& path)
{
    add(to, "FILE", " ", path);
}

}  // namespace bbstream::command
