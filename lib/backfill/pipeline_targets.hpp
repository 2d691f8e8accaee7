// What to ask Cloud for to see a repository's pipelines, and how its pages follow: no I/O. (Data Center has none.)
#pragma once

#include "backfill/repository.hpp"
#include "base/failure.hpp"
#include "normalize/reconcile_view.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace bbstream::backfill {

// All of them, newest first.
std::string pipelines_target(repository const& of, normalize::pipelines_view const& known);
// Whether what comes behind this page is known; at first sight nobody asks for more.
bool ends_pipelines(std::string_view page, normalize::pipelines_view const& known);

// `id`: its UUID. The steps are those of its last run.
std::string pipeline_target(repository const& of, std::string_view id);
std::string steps_target(repository const& of, std::string_view id);

// What asks for the page after this one, of either listing or of deployments; nothing at the end. Errors: invalid where
// it is no page.
result<std::optional<std::string>> next_pipelines_page(std::string const& target, std::string_view page);

}  // namespace bbstream::backfill
