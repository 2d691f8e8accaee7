// The role that both products play for the command line: what to ask for, and how to read it. Pure; no I/O.
#pragma once

#include "rest/listing.hpp"

#include <memory>

namespace bbstream::rest {

// WORKSPACE/SLUG, or PROJECT/SLUG of Data Center.
struct repository_name {
    std::string owner;
    std::string slug;
};
// Errors: invalid where it is not two names with a slash between.
result<repository_name> parse_repository_name(std::string_view text);

enum class pull_request_state : std::uint8_t { open, merged, declined, superseded, all };

class service {
   public:
    virtual ~service() = default;

    virtual listing repositories() const = 0;
    virtual entity repository(repository_name const& of) const = 0;
    virtual listing projects() const = 0;
    virtual listing branches(repository_name const& of) const = 0;

    // What is reachable from `until` and not from `since`, which may be empty.
    virtual listing commits(repository_name const& of, std::string const& since, std::string const& until) const = 0;
    // Whether `until` must be given, for an empty one would mean every branch: the repository's default_branch is
    // meant.
    virtual bool commits_need_until() const = 0;

    // Errors: invalid where the product has no such state.
    virtual result<listing> pull_requests(repository_name const& of, pull_request_state state) const = 0;
    virtual entity pull_request(repository_name const& of, std::uint64_t id) const = 0;
    virtual listing changed_files(repository_name const& of, std::uint64_t pull_request) const = 0;

    virtual listing statuses(repository_name const& of, std::string const& commit) const = 0;
    virtual listing hooks(repository_name const& of) const = 0;

    // Errors of these: invalid where the product has no pipelines. `key`: UUID or number.
    virtual result<listing> pipelines(repository_name const& of) const = 0;
    virtual result<entity> pipeline(repository_name const& of, std::string const& key) const = 0;
    virtual result<listing> steps(repository_name const& of, std::string const& key) const = 0;
    virtual result<request> log(repository_name const& of, std::string const& key, std::string const& step) const = 0;

    // Errors: invalid where the product has no listing of them.
    virtual result<listing> deployments(repository_name const& of) const = 0;
};

std::unique_ptr<service> make_cloud(std::string api_path, std::string workspace);
std::unique_ptr<service> make_datacenter(std::string api_path);

}  // namespace bbstream::rest
