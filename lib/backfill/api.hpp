// What to ask either product for, and how to read what it answers: no I/O.
#pragma once

#include "backfill/repository.hpp"
#include "base/failure.hpp"
#include "config/config.hpp"
#include "normalize/read.hpp"
#include "normalize/reconcile_view.hpp"
#include "rest/message.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::backfill {

// A listing of commits: what it begins with, and what it leaves out.
struct commit_listing {
    std::vector<normalize::ref_hash> heads;
    std::vector<std::string> exclude;  // hashes
    bool goes_on = false;              // the first of these is where the ref stood

    // Does without these commits; how many of its there were.
    std::size_t forget(std::vector<std::string> const& unknown);
    // Gives away half of its heads, which leave out the same.
    commit_listing halve();
};

struct repository_page {
    std::vector<repository> selected;  // without those that the configuration leaves out
    micros newest_change = 0;          // of all of them
    std::int64_t newest_made = 0;      // the same
};

// A listing of refs, sorted by name.
struct ref_listing {
    std::string first;     // the target of its first page
    std::string_view key;  // of the records that its pages become

    // Whether that is the target of one of its pages.
    bool holds(std::string_view target) const;
};

class api {
   public:
    explicit api(config::instance const& of);
    virtual ~api() = default;

    // Where listings of all repositories begin, one after the other. `changed_since`: only those; 0: all.
    virtual std::vector<std::string> repository_listings(micros changed_since) const = 0;
    // Of one page. Errors: invalid where it is no such page.
    result<repository_page> read_repositories(std::string_view page) const;
    // The target of one of them, be it selected or not; and what it answers.
    virtual std::string repository_path(std::string_view id, std::string_view full_name) const = 0;
    result<repository> read_repository(std::string_view answer) const;
    // Whether a listing of what has changed costs less than looking at all.
    virtual bool tells_changes() const = 0;
    // Whether paths hold its name, which may be another one's by now.
    virtual bool goes_by_name() const = 0;
    // A number that `made` of a repository made after `when` exceeds; 0 where times say nothing of that.
    virtual std::int64_t made_until(micros when) const = 0;

    // Which listings show all branches and tags, one after the other.
    virtual std::vector<ref_listing> ref_listings(repository const& of) const = 0;
    virtual std::string one_ref(repository const& of, std::string_view full_name) const = 0;
    // The ref, as the product describes it, out of the answer to one_ref(); nothing: it is not there. Errors: the
    // answer does not tell.
    virtual result<std::optional<std::string>> read_ref(rest::response const& answer,
                                                        std::string_view full_name) const = 0;

    // Which listings bring all commits that lie behind `include` and not behind `exclude`.
    virtual std::vector<commit_listing> commit_listings(repository const& of,
                                                        std::vector<normalize::ref_hash> const& include,
                                                        std::vector<normalize::ref_hash> const& exclude) const = 0;
    virtual rest::request commits(repository const& of, commit_listing const& what) const = 0;
    // What asks which branches hold a commit, where a listing leaves out one head only, and so may show more than is
    // new.
    virtual std::optional<std::string> holders(repository const& of, std::string_view commit) const;
    // Whether each commit of a page is older; one that tells no date is not.
    virtual bool all_older(std::string_view page, micros than) const = 0;
    // Whether a refusal says that there is no such repository.
    virtual bool is_about_repository(rest::response const& refused) const = 0;
    // The hashes that a refusal names as unknown.
    virtual std::vector<std::string> unknown_commits(rest::response const& answer,
                                                     commit_listing const& what) const = 0;

    // Where a walk through pull requests begins: the open ones, if `state` of its query is OPEN, and behind them those
    // that changed; else all of these in one.
    virtual std::string first_pull_requests(repository const& of, normalize::pull_requests_view const& known) const = 0;
    // Those that are new or changed; at first sight some of the newest.
    virtual std::string changed_pull_requests(repository const& of,
                                              normalize::pull_requests_view const& known) const = 0;
    // Whether what comes behind this page is known.
    virtual bool ends_changed(std::string_view page, normalize::pull_requests_view const& known) const = 0;
    virtual std::string one_pull_request(repository const& of, std::uint64_t id) const = 0;
    // All that was said on it, the newest first.
    virtual std::string comments(repository const& of, std::uint64_t pull_request) const = 0;
    // The heads that the open ones of a page would merge, as far as the product writes them out.
    std::vector<std::string> open_heads(std::string_view page) const;

    // The build statuses of a commit.
    virtual std::string statuses(repository const& of, std::string_view commit) const = 0;

    // Whether there are pipelines (pipeline_targets.hpp).
    virtual bool has_pipelines() const = 0;

    // What asks for the page after this one; nothing at the end. Errors: it leads nowhere.
    virtual result<std::optional<std::string>> next_page(std::string_view target, std::string_view page) const = 0;

   protected:
    // Nothing where what makes it one is missing.
    virtual std::optional<repository> read_one(normalize::object const& fields, normalize::arena& memory) const = 0;
    virtual std::optional<std::string_view> source_head(normalize::object const& pull_request) const = 0;

    config::instance const instance_;
    std::string const base_;  // the path of its address, without the last slash
};

// Out of an answer to holders(): one of the `told` heads whose branch it names, and that was not `tried`.
std::optional<std::string> nearer_head(std::vector<normalize::ref_hash> const& told,
                                       std::vector<std::string> const& tried, std::string_view answer);

std::unique_ptr<api> make_api(config::instance const& of);

}  // namespace bbstream::backfill
