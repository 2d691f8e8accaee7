// The role that both products play where something is changed. Each action is sent once, unless it was refused for its
// rate; none asks back.
#pragma once

#include "rest/client.hpp"
#include "rest/finding.hpp"
#include "rest/service.hpp"

#include <memory>
#include <optional>

namespace bbstream::rest {

// What came of it, for people and for programs.
struct outcome {
    std::string said;  // one line
    std::string id;    // of what was made or changed; may be empty
    std::string url;   // for a browser; may be empty
};

enum class verdict : std::uint8_t { approve, unapprove, request_changes };

struct build_status {
    std::string key;
    std::string state;  // SUCCESSFUL | FAILED | INPROGRESS | STOPPED
    std::string url;
    std::string name;
    std::string description;
    std::string ref;  // empty: none
};

struct pipeline_run {
    std::string branch;
    std::string pattern;  // of a custom pipeline; empty: the branch's own
    std::vector<std::pair<std::string, std::string>> variables;
};

struct insight_report {
    std::string id;
    std::string title;
    bool passed = true;
    scan found;
};

// Of one thread; outlives its coroutines, as the client must outlive it.
class actions {
   public:
    virtual ~actions() = default;

    virtual net::task<result<outcome>> review(repository_name of, std::uint64_t id, verdict how) = 0;
    virtual net::task<result<outcome>> comment(repository_name of, std::uint64_t id, std::string text) = 0;
    // Waits until it is merged, or known to have failed.
    virtual net::task<result<outcome>> merge(repository_name of, std::uint64_t id) = 0;
    virtual net::task<result<outcome>> decline(repository_name of, std::uint64_t id) = 0;
    virtual net::task<result<outcome>> set_status(repository_name of, std::string commit, build_status status) = 0;
    // Replaces the report of that id with its findings, if there is one.
    virtual net::task<result<outcome>> report(repository_name of, std::string commit, insight_report what) = 0;
    // Errors: invalid where the product has no pipelines.
    virtual net::task<result<outcome>> run_pipeline(repository_name of, pipeline_run what) = 0;
    virtual net::task<result<outcome>> stop_pipeline(repository_name of, std::string key) = 0;
};

std::unique_ptr<actions> make_cloud_actions(net::executor on, client& over, std::string api_path);
// `own_name`: the user's, for servers that don't say whom they know.
std::unique_ptr<actions> make_datacenter_actions(client& over, std::string api_path, std::string own_name);

// Where issues are kept.
class tracker {
   public:
    virtual ~tracker() = default;
    virtual net::task<result<outcome>> create(std::string title, std::string text) = 0;
    virtual net::task<result<outcome>> comment(std::string key, std::string text) = 0;
    // `to`: the name of a transition or of a state. Errors: invalid where none leads there, naming those that are
    // possible.
    virtual net::task<result<outcome>> transition(std::string key, std::string to) = 0;
};

std::unique_ptr<tracker> make_jira_tracker(client& over, std::string api_path, std::string site, std::string project);
std::unique_ptr<tracker> make_cloud_tracker(client& over, std::string api_path, repository_name of);

// A request that changes something.
request change(method how, std::string target, std::string body = {});

}  // namespace bbstream::rest
