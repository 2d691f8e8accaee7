#include "rest/cloud/columns.hpp"

#include "rest/member_cell.hpp"
#include "rest/review.hpp"

#include <array>

namespace bbstream::rest::cloud {
namespace {

// "Ada <ada@acme.example>" without the address, unless Bitbucket knows the person.
cell author_cell(json const& author)
{
    if (auto const known = author["user"]["display_name"].text())
        return std::string(*known);
    auto const raw = author["raw"].text();
    if (!raw)
        return {};
    return std::string(raw->substr(0, raw->find(" <")));
}

std::int64_t approvals_of(json const& pull_request)
{
    return count_verdicts(pull_request["participants"], "state", "approved");
}

std::int64_t change_requests_of(json const& pull_request)
{
    return count_verdicts(pull_request["participants"], "state", "changes_requested");
}

// Lists have the participants only where they are asked for.
cell review_of(json const& pull_request)
{
    if (!pull_request["participants"].is_array())
        return {};
    return review_cell(approvals_of(pull_request), change_requests_of(pull_request));
}

// The most exact name: the result of what is completed (a deployment's is its status), the stage of what runs.
cell state_cell(json const& state)
{
    for (auto const* exact : {"result", "status", "stage"})
        if (auto const name = state[exact]["name"].text())
            return std::string(*name);
    return text_cell(state["name"]);
}

// Where it runs or ran; else, before it has begun, what would be deployed.
cell deployment_address(json const& deployment)
{
    auto const address = text_cell(deployment["state"]["url"]);
    return address == cell() ? text_cell(deployment["release"]["url"]) : address;
}

constexpr std::array repositories = {
    column{"name", shown::text, cell_at<text_cell, "full_name">},
    column{"id", shown::no, cell_at<text_cell, "uuid">},
    column{"project", shown::text, cell_at<text_cell, "project", "key">},
    column{"default_branch", shown::text, cell_at<text_cell, "mainbranch", "name">},
    column{"private", shown::text, cell_at<boolean_cell, "is_private">},
    column{"archived", shown::no, cell_at<boolean_cell, "archived">},
    column{"updated", shown::time, cell_at<time_cell, "updated_on">},
    column{"description", shown::no, cell_at<text_cell, "description">},
    column{"url", shown::no, cell_at<text_cell, "links", "html", "href">},
};

constexpr std::array projects = {
    column{"key", shown::text, cell_at<text_cell, "key">},
    column{"id", shown::no, cell_at<text_cell, "uuid">},
    column{"name", shown::text, cell_at<text_cell, "name">},
    column{"private", shown::text, cell_at<boolean_cell, "is_private">},
    column{"description", shown::no, cell_at<text_cell, "description">},
};

constexpr std::array branches = {
    column{"name", shown::text, cell_at<text_cell, "name">},
    column{"hash", shown::hash, cell_at<text_cell, "target", "hash">},
    column{"default", shown::no, no_cell},
    column{"date", shown::time, cell_at<time_cell, "target", "date">},
    column{"message", shown::text, cell_at<line_cell, "target", "message">},
};

constexpr std::array commits = {
    column{"hash", shown::hash, cell_at<text_cell, "hash">},
    column{"date", shown::time, cell_at<time_cell, "date">},
    column{"author", shown::text, cell_at<author_cell, "author">},
    column{"message", shown::text, cell_at<line_cell, "message">},
    column{"parents", shown::no, [](json const& of) { return joined_cell(of["parents"], "hash"); }},
};

constexpr std::array pull_requests = {
    column{"id", shown::text, cell_at<number_cell, "id">},
    column{"state", shown::text, cell_at<text_cell, "state">},
    column{"draft", shown::no, cell_at<boolean_cell, "draft">},
    column{"review", shown::text, review_of},
    column{"approvals", shown::no, [](json const& of) { return cell(approvals_of(of)); }},
    column{"changes_requested", shown::no, [](json const& of) { return cell(change_requests_of(of)); }},
    column{"author", shown::text, cell_at<text_cell, "author", "display_name">},
    column{"source", shown::text, cell_at<text_cell, "source", "branch", "name">},
    column{"target", shown::text, cell_at<text_cell, "destination", "branch", "name">},
    column{"source_hash", shown::no, cell_at<text_cell, "source", "commit", "hash">},
    column{"target_hash", shown::no, cell_at<text_cell, "destination", "commit", "hash">},
    column{"merge_hash", shown::no, cell_at<text_cell, "merge_commit", "hash">},
    column{"comments", shown::no, cell_at<number_cell, "comment_count">},
    column{"created", shown::no, cell_at<time_cell, "created_on">},
    column{"updated", shown::time, cell_at<time_cell, "updated_on">},
    column{"title", shown::text, cell_at<text_cell, "title">},
    column{"description", shown::no, cell_at<text_cell, "description">},
    column{"url", shown::no, cell_at<text_cell, "links", "html", "href">},
};

constexpr std::array reviewers = {
    column{"reviewer", shown::text, cell_at<text_cell, "user", "display_name">},
    column{"role", shown::text, cell_at<text_cell, "role">},
    column{"verdict", shown::text, cell_at<text_cell, "state">},
};
constexpr std::array pull_request_lists = {
    part{"reviewers", reviewers, [](json const& of) { return of["participants"]; }},
};

constexpr std::array files = {
    column{"change", shown::text, cell_at<text_cell, "status">},
    column{"added", shown::text, cell_at<number_cell, "lines_added">},
    column{"removed", shown::text, cell_at<number_cell, "lines_removed">},
    column{"path", shown::text, [](json const& of) { return text_cell((of["new"] ? of["new"] : of["old"])["path"]); }},
    column{"old_path", shown::no, cell_at<text_cell, "old", "path">},
};

constexpr std::array statuses = {
    column{"key", shown::text, cell_at<text_cell, "key">},
    column{"state", shown::text, cell_at<text_cell, "state">},
    column{"name", shown::text, cell_at<text_cell, "name">},
    column{"ref", shown::no, cell_at<text_cell, "refname">},
    column{"description", shown::no, cell_at<text_cell, "description">},
    column{"updated", shown::time, cell_at<time_cell, "updated_on">},
    column{"url", shown::text, cell_at<text_cell, "url">},
};

constexpr std::array hooks = {
    column{"id", shown::text, cell_at<text_cell, "uuid">},
    column{"active", shown::text, cell_at<boolean_cell, "active">},
    column{"secret_set", shown::no, cell_at<boolean_cell, "secret_set">},
    column{"name", shown::text, cell_at<text_cell, "description">},
    column{"url", shown::text, cell_at<address_cell, "url">},
    column{"events", shown::text, cell_at<joined_cell, "events">},
    column{"created", shown::no, cell_at<time_cell, "created_at">},
};

constexpr std::array pipelines = {
    column{"number", shown::text, cell_at<number_cell, "build_number">},
    column{"id", shown::no, cell_at<text_cell, "uuid">},
    column{"run", shown::no, cell_at<number_cell, "run_number">},
    column{"state", shown::text, cell_at<state_cell, "state">},
    column{"completed", shown::no, [](json const& of) { return cell(of["state"]["name"].text() == "COMPLETED"); }},
    column{"ref", shown::text, cell_at<text_cell, "target", "ref_name">},
    column{"hash", shown::hash, cell_at<text_cell, "target", "commit", "hash">},
    column{"trigger", shown::text, cell_at<text_cell, "trigger", "name">},
    column{"creator", shown::text, cell_at<text_cell, "creator", "display_name">},
    column{"created", shown::time, cell_at<time_cell, "created_on">},
    column{"ended", shown::no, cell_at<time_cell, "completed_on">},
    column{"seconds", shown::text, cell_at<number_cell, "duration_in_seconds">},
};

constexpr std::array steps = {
    column{"name", shown::text, cell_at<text_cell, "name">},
    column{"id", shown::no, cell_at<text_cell, "uuid">},
    column{"state", shown::text, cell_at<state_cell, "state">},
    column{"started", shown::time, cell_at<time_cell, "started_on">},
    column{"ended", shown::no, cell_at<time_cell, "completed_on">},
    column{"seconds", shown::text, cell_at<number_cell, "duration_in_seconds">},
};

constexpr std::array deployments = {
    column{"state", shown::text, cell_at<state_cell, "state">},
    column{"id", shown::no, cell_at<text_cell, "uuid">},
    column{"completed", shown::no, [](json const& of) { return cell(of["state"]["name"].text() == "COMPLETED"); }},
    column{"environment", shown::text, cell_at<text_cell, "environment", "name">},
    column{"environment_id", shown::no, cell_at<text_cell, "environment", "uuid">},
    column{"release", shown::text, cell_at<text_cell, "release", "name">},
    column{"pipeline", shown::no, cell_at<text_cell, "release", "pipeline", "uuid">},
    column{"hash", shown::hash, cell_at<text_cell, "release", "commit", "hash">},
    column{"updated", shown::time, cell_at<time_cell, "last_update_time">},
    column{"started", shown::no, cell_at<time_cell, "state", "started_on">},
    column{"ended", shown::no, cell_at<time_cell, "state", "completed_on">},
    column{"url", shown::text, deployment_address},
};

constexpr std::array issues = {
    column{"key", shown::text,
           [](json const& of) {
               auto const id = of["id"].number();
               return id ? cell(std::to_string(*id)) : cell();
           }},
    column{"state", shown::text, cell_at<text_cell, "state">},
    column{"kind", shown::text, cell_at<text_cell, "kind">},
    column{"priority", shown::text, cell_at<text_cell, "priority">},
    column{"assignee", shown::text, cell_at<text_cell, "assignee", "display_name">},
    column{"reporter", shown::no, cell_at<text_cell, "reporter", "display_name">},
    column{"created", shown::no, cell_at<time_cell, "created_on">},
    column{"updated", shown::time, cell_at<time_cell, "updated_on">},
    column{"title", shown::text, cell_at<text_cell, "title">},
    column{"text", shown::no, cell_at<text_cell, "content", "raw">},
};

}  // namespace

product_columns const columns_of = {
    .repository = repositories,
    .project = projects,
    .branch = branches,
    .commit = commits,
    .pull_request = pull_requests,
    .pull_request_parts = pull_request_lists,
    .file = files,
    .status = statuses,
    .hook = hooks,
};
columns const pipeline_columns = pipelines;
columns const step_columns = steps;
columns const deployment_columns = deployments;
columns const issue_columns = issues;

}  // namespace bbstream::rest::cloud
