// Bitbucket Cloud's REST API 2.0, as far as looking for what was missed needs it.
#pragma once

#include "backfill/api.hpp"
#include "normalize/read.hpp"

namespace bbstream::backfill {

class cloud_api final : public api {
   public:
    using api::api;

    std::vector<std::string> repository_listings(micros changed_since) const override;
    std::string repository_path(std::string_view id, std::string_view full_name) const override;
    bool tells_changes() const override { return true; }
    bool goes_by_name() const override { return false; }
    std::int64_t made_until(micros when) const override { return when; }
    bool is_about_repository(rest::response const&) const override { return false; }
    bool has_pipelines() const override { return true; }
    std::vector<ref_listing> ref_listings(repository const& of) const override;
    std::string one_ref(repository const& of, std::string_view full_name) const override;
    result<std::optional<std::string>> read_ref(rest::response const& answer,
                                                std::string_view full_name) const override;
    std::vector<commit_listing> commit_listings(repository const& of, std::vector<normalize::ref_hash> const& include,
                                                std::vector<normalize::ref_hash> const& exclude) const override;
    rest::request commits(repository const& of, commit_listing const& what) const override;
    bool all_older(std::string_view page, micros than) const override;
    std::vector<std::string> unknown_commits(rest::response const& answer, commit_listing const& what) const override;
    std::string first_pull_requests(repository const& of, normalize::pull_requests_view const& known) const override;
    std::string changed_pull_requests(repository const& of, normalize::pull_requests_view const& known) const override;
    bool ends_changed(std::string_view page, normalize::pull_requests_view const& known) const override;
    std::string one_pull_request(repository const& of, std::uint64_t id) const override;
    std::string comments(repository const& of, std::uint64_t pull_request) const override;
    std::string statuses(repository const& of, std::string_view commit) const override;
    result<std::optional<std::string>> next_page(std::string_view target, std::string_view page) const override;

   private:
    std::optional<repository> read_one(normalize::object const& fields, normalize::arena& memory) const override;
    std::optional<std::string_view> source_head(normalize::object const& pull_request) const override;
};

}  // namespace bbstream::backfill
