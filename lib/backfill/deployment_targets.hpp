// What to ask Cloud for to see a repository's deployments, and when: no I/O. (Data Center does not list its own.)
#pragma once

#include "backfill/repository.hpp"
#include "normalize/reconcile_view.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace bbstream::backfill {

// All of them. (Pages follow each other as those of pipelines do.)
std::string deployments_target(repository const& of);
// `id`: its UUID.
std::string deployment_target(repository const& of, std::string_view id);

// From when on all of them are to be read; nothing: not before pipelines have gone on. The listing has neither an order
// nor a filter, so what is new may be anywhere.
std::optional<state::seconds> walk_due(normalize::deployments_view const& known);

}  // namespace bbstream::backfill
