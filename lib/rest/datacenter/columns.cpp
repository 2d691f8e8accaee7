#include "rest/datacenter/columns.hpp"

#include "rest/member_cell.hpp"
#include "rest/review.hpp"

#include <array>

namespace bbstream::rest::datacenter {
namespace {

cell opposite_cell(json const& value)
{
    auto const truth = value.boolean();
    return truth ? cell(!*truth) : cell();
}

cell name_cell(json const& person)
{
    return text_cell(person["displayName"] ? person["displayName"] : person["name"]);
}

cell full_name_cell(json const& repository)
{
    auto const project = repository["project"]["key"].text();
    auto const slug = repository["slug"].text();
    return project && slug ? cell(std::string(*project) + '/' + std::string(*slug)) : cell();
}

cell first_link_cell(json const& of)
{
    auto const links = of["links"]["self"].elements();
    return links.empty() ? cell() : text_cell(links.front()["href"]);
}

std::int64_t approvals_of(json const& pull_request)
{
    return count_verdicts(pull_request["reviewers"], "status", "APPROVED");
}

std::int64_t change_requests_of(json const& pull_request)
{
    return count_verdicts(pull_request["reviewers"], "status", "NEEDS_WORK");
}

// In Cloud's words.
cell verdict_cell(json const& reviewer)
{
    auto const status = reviewer["status"].text();
    if (status == "APPROVED")
        return "approved";
    return status == "NEEDS_WORK" ? cell("changes_requested") : cell();
}

cell change_cell(json const& change)
{
    auto const type = change["type"].text();
    for (auto const& [theirs, ours] :
         {std::pair("ADD", "added"), std::pair("DELETE", "removed"), std::pair("MODIFY", "modified"),
          std::pair("MOVE", "renamed"), std::pair("COPY", "copied")})
        if (type == theirs)
            return ours;
    return text_cell(change["type"]);
}

constexpr std::array repositories = {
    column{"name", shown::text, full_name_cell},
    column{"id", shown::no, cell_at<number_cell, "id">},
    column{"project", shown::text, cell_at<text_cell, "project", "key">},
    column{"default_branch", shown::no, cell_at<text_cell, "defaultBranch">},
    column{"private", shown::text, cell_at<opposite_cell, "public">},
    column{"archived", shown::text, cell_at<boolean_cell, "archived">},
    column{"updated", shown::no, no_cell},
    column{"description", shown::text, cell_at<line_cell, "description">},
    column{"url", shown::no, first_link_cell},
};

constexpr std::array projects = {
    column{"key", shown::text, cell_at<text_cell, "key">},
    column{"id", shown::no, cell_at<number_cell, "id">},
    column{"name", shown::text, cell_at<text_cell, "name">},
    column{"private", shown::text, cell_at<opposite_cell, "public">},
    column{"description", shown::no, cell_at<text_cell, "description">},
};

constexpr std::array branches = {
    column{"name", shown::text, cell_at<text_cell, "displayId">},
    column{"hash", shown::hash, cell_at<text_cell, "latestCommit">},
    column{"default", shown::text, cell_at<boolean_cell, "isDefault">},
    column{"date", shown::no, no_cell},
    column{"message", shown::no, no_cell},
};

constexpr std::array commits = {
    column{"hash", shown::hash, cell_at<text_cell, "id">},
    column{"date", shown::time, cell_at<time_cell, "authorTimestamp">},
    column{"author", shown::text, cell_at<name_cell, "author">},
    column{"message", shown::text, cell_at<line_cell, "message">},
    column{"parents", shown::no, [](json const& of) { return joined_cell(of["parents"], "id"); }},
};

constexpr std::array pull_requests = {
    column{"id", shown::text, cell_at<number_cell, "id">},
    column{"state", shown::text, cell_at<text_cell, "state">},
    column{"draft", shown::no, cell_at<boolean_cell, "draft">},
    column{"review", shown::text, [](json const& of) { return review_cell(approvals_of(of), change_requests_of(of)); }},
    column{"approvals", shown::no, [](json const& of) { return cell(approvals_of(of)); }},
    column{"changes_requested", shown::no, [](json const& of) { return cell(change_requests_of(of)); }},
    column{"author", shown::text, cell_at<name_cell, "author", "user">},
    column{"source", shown::text, cell_at<text_cell, "fromRef", "displayId">},
    column{"target", shown::text, cell_at<text_cell, "toRef", "displayId">},
    column{"source_hash", shown::no, cell_at<text_cell, "fromRef", "latestCommit">},
    column{"target_hash", shown::no, cell_at<text_cell, "toRef", "latestCommit">},
    column{"merge_hash", shown::no, cell_at<text_cell, "properties", "mergeCommit", "id">},
    column{"comments", shown::no, cell_at<number_cell, "properties", "commentCount">},
    column{"created", shown::no, cell_at<time_cell, "createdDate">},
    column{"updated", shown::time, cell_at<time_cell, "updatedDate">},
    column{"title", shown::text, cell_at<text_cell, "title">},
    column{"description", shown::no, cell_at<text_cell, "description">},
    column{"url", shown::no, first_link_cell},
};

constexpr std::array reviewers = {
    column{"reviewer", shown::text, cell_at<name_cell, "user">},
    column{"role", shown::text, cell_at<text_cell, "role">},
    column{"verdict", shown::text, verdict_cell},
};
constexpr std::array pull_request_lists = {
    part{"reviewers", reviewers, [](json const& of) { return of["reviewers"]; }},
};

constexpr std::array files = {
    column{"change", shown::text, change_cell},
    column{"added", shown::no, no_cell},
    column{"removed", shown::no, no_cell},
    column{"path", shown::text, cell_at<text_cell, "path", "toString">},
    column{"old_path", shown::no, cell_at<text_cell, "srcPath", "toString">},
};

constexpr std::array statuses = {
    column{"key", shown::text, cell_at<text_cell, "key">},
    column{"state", shown::text, cell_at<text_cell, "state">},
    column{"name", shown::text, cell_at<text_cell, "name">},
    column{"ref", shown::no, cell_at<text_cell, "ref">},
    column{"description", shown::no, cell_at<text_cell, "description">},
    column{"updated", shown::time, cell_at<time_cell, "dateAdded">},
    column{"url", shown::text, cell_at<text_cell, "url">},
};

// The secret stands in the answer in clear: only whether there is one comes out.
constexpr std::array hooks = {
    column{"id", shown::text, cell_at<number_cell, "id">},
    column{"active", shown::text, cell_at<boolean_cell, "active">},
    column{"secret_set", shown::no,
           [](json const& of) { return cell(!of["configuration"]["secret"].text().value_or("").empty()); }},
    column{"name", shown::text, cell_at<text_cell, "name">},
    column{"url", shown::text, cell_at<address_cell, "url">},
    column{"events", shown::text, cell_at<joined_cell, "events">},
    column{"created", shown::no, cell_at<time_cell, "createdDate">},
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

}  // namespace bbstream::rest::datacenter
