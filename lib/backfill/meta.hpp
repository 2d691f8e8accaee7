// What our records say of an answer, as normalize::read_observation() reads it.
#pragma once

#include "backfill/repository.hpp"
#include "base/product.hpp"
#include "base/time.hpp"
#include "normalize/reconcile_view.hpp"
#include "state/walk.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::backfill {

struct page_meta {
    std::uint64_t asof = 0;
    std::uint64_t page = 0;
    std::optional<std::string> next;
    std::optional<micros> date;  // of the answer, as its Date says
    std::uint64_t grace_seconds = 0;
    bool fresh = false;
    bool first_commits = false;
    std::string request;         // the event of the change that the listing is for; empty: none
    bool cut = false;            // the last page, but there may be more
    std::set<std::string> told;  // commits of the page that lie behind heads which are told
};

std::string refs_meta(repository const& of, page_meta const& page);
std::string repository_meta(repository const& of, page_meta const& page, bool found);
std::string look_up_meta(repository const& of, page_meta const& page, std::string_view ref, bool found);
// `ref`: whose changes the answers told.
std::string push_log_meta(repository const& of, page_meta const& page, std::string_view ref);
std::string pull_request_meta(repository const& of, page_meta const& page, std::uint64_t id, bool found);
std::string statuses_meta(repository const& of, page_meta const& page, std::string_view commit, bool last);
// `pipeline`: its UUID. Steps are those of the run with that number; `last`: their last page.
std::string pipeline_meta(repository const& of, page_meta const& page, std::string_view pipeline, bool found);
std::string steps_meta(repository const& of, page_meta const& page, std::string_view pipeline, std::uint64_t run,
                       bool last);
// `deployment`: its UUID.
std::string deployment_meta(repository const& of, page_meta const& page, std::string_view deployment, bool found);
std::string commits_meta(repository const& of, page_meta const& page, std::vector<normalize::ref_hash> const& heads,
                         state::listing_end const& end);
// Why a request could not be filled.
std::string outcome_meta(repository const& of, page_meta const& page, std::string_view outcome);
// That commits from then on, in seconds since 1970, are asked for.
std::string history_meta(repository const& of, page_meta const& page, std::uint64_t since);
// What Bitbucket does not list is described by its id alone.
std::string described_by_id(product platform, std::string_view id);
std::string inventory_meta(std::int64_t newest);

}  // namespace bbstream::backfill
