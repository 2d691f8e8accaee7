#include "rest/cloud/columns.hpp"

#include "rest/json.hpp"

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

std::int64_t count_of(json const& participants, std::string_view state)
{
    std::int64_t count = 0;
    for (auto const& each : participants.elements())
        count += each["state"].text() == state;
    return count;
}

// Where a pull request's review stands: one word for all of its reviewers.
cell review_cell(json const& pull_request)
{
    auto const participants = pull_request["participants"];
    if (!participants.is_array())
        return {};
    if (count_of(participants, "changes_requested") > 0)
        return "changes requested";
    return count_of(participants, "approved") > 0 ? "approved" : "none";
}

// The most exact name: the result of what is completed, the stage of what runs.
cell state_cell(json const& state)
{
    if (auto const result = state["result"]["name"].text())
        return std::string(*result);
    if (auto const stage = state["stage"]["name"].text())
        return std::string(*stage);
    return text_cell(state["name"]);
}

constexpr std::array repositories = {
    column{"name", shown::text, [](json const& of) { return text_cell(of["full_name"]); }},
    column{"id", shown::no, [](json const& of) { return text_cell(of["uuid"]); }},
    column{"project", shown::text, [](json const& of) { return text_cell(of["project"]["key"]); }},
    column{"default_branch", shown::text, [](json const& of) { return text_cell(of["mainbranch"]["name"]); }},
    column{"private", shown::text, [](json const& of) { return boolean_cell(of["is_private"]); }},
    column{"archived", shown::no, [](json const& of) { return boolean_cell(of["archived"]); }},
    column{"updated", shown::time, [](json const& of) { return time_cell(of["updated_on"]); }},
    column{"description", shown::no, [](json const& of) { return text_cell(of["description"]); }},
    column{"url", shown::no, [](json const& of) { return text_cell(of["links"]["html"]["href"]); }},
};

constexpr std::array projects = {
    column{"key", shown::text, [](json const& of) { return text_cell(of["key"]); }},
    column{"id", shown::no, [](json const& of) { return text_cell(of["uuid"]); }},
    column{"name", shown::text, [](json const& of) { return text_cell(of["name"]); }},
    column{"private", shown::text, [](json const& of) { return boolean_cell(of["is_private"]); }},
    column{"description", shown::no, [](json const& of) { return text_cell(of["description"]); }},
};

constexpr std::array branches = {
    column{"name", shown::text, [](json const& of) { return text_cell(of["name"]); }},
    column{"hash", shown::hash, [](json const& of) { return text_cell(of["target"]["hash"]); }},
    column{"default", shown::no, [](json const&) { return cell(); }},
    column{"date", shown::time, [](json const& of) { return time_cell(of["target"]["date"]); }},
    column{"message", shown::text, [](json const& of) { return line_cell(of["target"]["message"]); }},
};

constexpr std::array commits = {
    column{"hash", shown::hash, [](json const& of) { return text_cell(of["hash"]); }},
    column{"date", shown::time, [](json const& of) { return time_cell(of["date"]); }},
    column{"author", shown::text, [](json const& of) { return author_cell(of["author"]); }},
    column{"message", shown::text, [](json const& of) { return line_cell(of["message"]); }},
    column{"parents", shown::no, [](json const& of) { return joined_cell(of["parents"], "hash"); }},
};

constexpr std::array pull_requests = {
    column{"id", shown::text, [](json const& of) { return number_cell(of["id"]); }},
    column{"state", shown::text, [](json const& of) { return text_cell(of["state"]); }},
    column{"draft", shown::no, [](json const& of) { return boolean_cell(of["draft"]); }},
    column{"review", shown::text, review_cell},
    column{"approvals", shown::no, [](json const& of) { return cell(count_of(of["participants"], "approved")); }},
    column{"changes_requested", shown::no,
           [](json const& of) { return cell(count_of(of["participants"], "changes_requested")); }},
    column{"author", shown::text, [](json const& of) { return text_cell(of["author"]["display_name"]); }},
    column{"source", shown::text, [](json const& of) { return text_cell(of["source"]["branch"]["name"]); }},
    column{"target", shown::text, [](json const& of) { return text_cell(of["destination"]["branch"]["name"]); }},
    column{"source_hash", shown::no, [](json const& of) { return text_cell(of["source"]["commit"]["hash"]); }},
    column{"target_hash", shown::no, [](json const& of) { return text_cell(of["destination"]["commit"]["hash"]); }},
    column{"merge_hash", shown::no, [](json const& of) { return text_cell(of["merge_commit"]["hash"]); }},
    column{"comments", shown::no, [](json const& of) { return number_cell(of["comment_count"]); }},
    column{"created", shown::no, [](json const& of) { return time_cell(of["created_on"]); }},
    column{"updated", shown::time, [](json const& of) { return time_cell(of["updated_on"]); }},
    column{"title", shown::text, [](json const& of) { return text_cell(of["title"]); }},
    column{"description", shown::no, [](json const& of) { return text_cell(of["description"]); }},
    column{"url", shown::no, [](json const& of) { return text_cell(of["links"]["html"]["href"]); }},
};

constexpr std::array reviewers = {
    column{"reviewer", shown::text, [](json const& of) { return text_cell(of["user"]["display_name"]); }},
    column{"role", shown::text, [](json const& of) { return text_cell(of["role"]); }},
    column{"verdict", shown::text, [](json const& of) { return text_cell(of["state"]); }},
};
constexpr std::array pull_request_lists = {
    part{"reviewers", reviewers, [](json const& of) { return of["participants"]; }},
};

constexpr std::array files = {
    column{"change", shown::text, [](json const& of) { return text_cell(of["status"]); }},
    column{"added", shown::text, [](json const& of) { return number_cell(of["lines_added"]); }},
    column{"removed", shown::text, [](json const& of) { return number_cell(of["lines_removed"]); }},
    column{"path", shown::text, [](json const& of) { return text_cell((of["new"] ? of["new"] : of["old"])["path"]); }},
    column{"old_path", shown::no, [](json const& of) { return text_cell(of["old"]["path"]); }},
};

constexpr std::array statuses = {
    column{"key", shown::text, [](json const& of) { return text_cell(of["key"]); }},
    column{"state", shown::text, [](json const& of) { return text_cell(of["state"]); }},
    column{"name", shown::text, [](json const& of) { return text_cell(of["name"]); }},
    column{"ref", shown::no, [](json const& of) { return text_cell(of["refname"]); }},
    column{"description", shown::no, [](json const& of) { return text_cell(of["description"]); }},
    column{"updated", shown::time, [](json const& of) { return time_cell(of["updated_on"]); }},
    column{"url", shown::text, [](json const& of) { return text_cell(of["url"]); }},
};

constexpr std::array hooks = {
    column{"id", shown::text, [](json const& of) { return text_cell(of["uuid"]); }},
    column{"active", shown::text, [](json const& of) { return boolean_cell(of["active"]); }},
    column{"secret_set", shown::no, [](json const& of) { return boolean_cell(of["secret_set"]); }},
    column{"name", shown::text, [](json const& of) { return text_cell(of["description"]); }},
    column{"url", shown::text, [](json const& of) { return text_cell(of["url"]); }},
    column{"events", shown::text, [](json const& of) { return joined_cell(of["events"]); }},
    column{"created", shown::no, [](json const& of) { return time_cell(of["created_at"]); }},
};

constexpr std::array pipelines = {
    column{"number", shown::text, [](json const& of) { return number_cell(of["build_number"]); }},
    column{"id", shown::no, [](json const& of) { return text_cell(of["uuid"]); }},
    column{"run", shown::no, [](json const& of) { return number_cell(of["run_number"]); }},
    column{"state", shown::text, [](json const& of) { return state_cell(of["state"]); }},
    column{"completed", shown::no, [](json const& of) { return cell(of["state"]["name"].text() == "COMPLETED"); }},
    column{"ref", shown::text, [](json const& of) { return text_cell(of["target"]["ref_name"]); }},
    column{"hash", shown::hash, [](json const& of) { return text_cell(of["target"]["commit"]["hash"]); }},
    column{"trigger", shown::text, [](json const& of) { return text_cell(of["trigger"]["name"]); }},
    column{"creator", shown::text, [](json const& of) { return text_cell(of["creator"]["display_name"]); }},
    column{"created", shown::time, [](json const& of) { return time_cell(of["created_on"]); }},
    column{"ended", shown::no, [](json const& of) { return time_cell(of["completed_on"]); }},
    column{"seconds", shown::text, [](json const& of) { return number_cell(of["duration_in_seconds"]); }},
};

constexpr std::array steps = {
    column{"name", shown::text, [](json const& of) { return text_cell(of["name"]); }},
    column{"id", shown::no, [](json const& of) { return text_cell(of["uuid"]); }},
    column{"state", shown::text, [](json const& of) { return state_cell(of["state"]); }},
    column{"started", shown::time, [](json const& of) { return time_cell(of["started_on"]); }},
    column{"ended", shown::no, [](json const& of) { return time_cell(of["completed_on"]); }},
    column{"seconds", shown::text, [](json const& of) { return number_cell(of["duration_in_seconds"]); }},
};

constexpr std::array issues = {
    column{"key", shown::text,
           [](json const& of) {
               auto const id = of["id"].number();
               return id ? cell(std::to_string(*id)) : cell();
           }},
    column{"state", shown::text, [](json const& of) { return text_cell(of["state"]); }},
    column{"kind", shown::text, [](json const& of) { return text_cell(of["kind"]); }},
    column{"priority", shown::text, [](json const& of) { return text_cell(of["priority"]); }},
    column{"assignee", shown::text, [](json const& of) { return text_cell(of["assignee"]["display_name"]); }},
    column{"reporter", shown::no, [](json const& of) { return text_cell(of["reporter"]["display_name"]); }},
    column{"created", shown::no, [](json const& of) { return time_cell(of["created_on"]); }},
    column{"updated", shown::time, [](json const& of) { return time_cell(of["updated_on"]); }},
    column{"title", shown::text, [](json const& of) { return text_cell(of["title"]); }},
    column{"text", shown::no, [](json const& of) { return text_cell(of["content"]["raw"]); }},
};

}  // namespace

columns const repository_columns = repositories;
columns const project_columns = projects;
columns const branch_columns = branches;
columns const commit_columns = commits;
columns const pull_request_columns = pull_requests;
std::span<part const> const pull_request_parts = pull_request_lists;
columns const file_columns = files;
columns const status_columns = statuses;
columns const hook_columns = hooks;
columns const pipeline_columns = pipelines;
columns const step_columns = steps;
columns const issue_columns = issues;

}  // namespace bbstream::rest::cloud
