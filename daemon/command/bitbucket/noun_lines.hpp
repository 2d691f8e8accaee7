// The command lines that speak to Bitbucket: a noun each, and its verbs.
#pragma once

#include "daemon/command/bitbucket/list.hpp"
#include "daemon/command/lines.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace bbstream::command {

// `program NOUN`, with verbs to come.
CLI::App& add_noun(CLI::App& program, std::string const& name, std::string const& what);
// `NOUN VERB`.
CLI::App& add_verb(CLI::App& noun, std::string const& name, std::string const& what);

// `NOUN list`, with --limit; the options for more.
std::shared_ptr<list_options> add_list(CLI::App& noun, action& chosen, listed what, std::string const& help);

}  // namespace bbstream::command
