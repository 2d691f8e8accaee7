// Behind which commits of a repository all is told, and what a listing has left untold.
#pragma once

#include "state/reconciliation.hpp"

#include <cstdint>
#include <vector>

namespace bbstream::normalize {

// Whether the listing that fills the request leaves out what lies behind this head. The one that the ref of the request
// has come to says nothing: at first sight it is taken for known wherever it stands.
bool leaves_out(state::request const& filled, state::named_head const& reconciled);

// Prefixes of the heads behind which all is told, in order.
std::vector<std::uint64_t> told_heads(state::reconciliation const& of);
// As the listing that fills the request sees it.
std::vector<std::uint64_t> told_heads(state::reconciliation const& of, state::request const& filled);

// Commits that the listing in progress has shown to exist, behind this one of its heads or behind all of them.
std::uint64_t untold(state::reconciliation const& of);
std::uint64_t untold(state::reconciliation const& of, std::uint32_t wanted);

}  // namespace bbstream::normalize
