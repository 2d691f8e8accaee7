#include "rest/datacenter/columns.hpp"

#include "rest/json.hpp"

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

std::int64_t count_of(json const& reviewers, std::string_view status)
{
    std::int64_t count = 0;
    for (auto const& each : reviewers.elements())
        count += each["status"].text() == status;
    return count;
}

cell review_cell(json const& pull_request)
{
    auto const reviewers = pull_request["reviewers"];
    if (count_of(reviewers, "NEEDS_WORK") > 0)
        return "changes requested";
    return count_of(reviewers, "APPROVED") > 0 ? "approved" : "none";
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
    column{"id", shown::no, [](json const& of) { return number_cell(of["id"]); }},
    column{"project", shown::text, [](json const& of) { return text_cell(of["project"]["key"]); }},
    column{"default_branch", shown::no, [](json const& of) { return text_cell(of["defaultBranch"]); }},
    column{"private", shown::text, [](json const& of) { return opposite_cell(of["public"]); }},
    column{"archived", shown::text, [](json const& of) { return boolean_cell(of["archived"]); }},
    column{"updated", shown::no, [](json const&) { return cell(); }},
    column{"description", shown::text, [](json const& of) { return line_cell(of["description"]); }},
    column{"url", shown::no, first_link_cell},
};

constexpr std::array projects = {
    column{"key", shown::text, [](json const& of) { return text_cell(of["key"]); }},
    column{"id", shown::no, [](json const& of) { return number_cell(of["id"]); }},
    column{"name", shown::text, [](json const& of) { return text_cell(of["name"]); }},
    column{"private", shown::text, [](json const& of) { return opposite_cell(of["public"]); }},
    column{"description", shown::no, [](json const& of) { return text_cell(of["description"]); }},
};

constexpr std::array branches = {
    column{"name", shown::text, [](json const& of) { return text_cell(of["displayId"]); }},
    column{"hash", shown::hash, [](json const& of) { return text_cell(of["latestCommit"]); }},
    column{"default", shown::text, [](json const& of) { return boolean_cell(of["isDefault"]); }},
    column{"date", shown::no, [](json const&) { return cell(); }},
    column{"message", shown::no, [](json const&) { return cell(); }},
};

constexpr std::array commits = {
    column{"hash", shown::hash, [](json const& of) { return text_cell(of["id"]); }},
    column{"date", shown::time, [](json const& of) { return time_cell(of["authorTimestamp"]); }},
    column{"author", shown::text, [](json const& of) { return name_cell(of["author"]); }},
    column{"message", shown::text, [](json const& of) { return line_cell(of["message"]); }},
    column{"parents", shown::no, [](json const& of) { return joined_cell(of["parents"], "id"); }},
};

constexpr std::array pull_requests = {
    column{"id", shown::text, [](json const& of) { return number_cell(of["id"]); }},
    column{"state", shown::text, [](json const& of) { return text_cell(of["state"]); }},
    column{"draft", shown::no, [](json const& of) { return boolean_cell(of["draft"]); }},
    column{"review", shown::text, review_cell},
    column{"approvals", shown::no, [](json const& of) { return cell(count_of(of["reviewers"], "APPROVED")); }},
    column{"changes_requested", shown::no,
           [](json const& of) { return cell(count_of(of["reviewers"], "NEEDS_WORK")); }},
    column{"author", shown::text, [](json const& of) { return name_cell(of["author"]["user"]); }},
    column{"source", shown::text, [](json const& of) { return text_cell(of["fromRef"]["displayId"]); }},
    column{"target", shown::text, [](json const& of) { return text_cell(of["toRef"]["displayId"]); }},
    column{"source_hash", shown::no, [](json const& of) { return text_cell(of["fromRef"]["latestCommit"]); }},
    column{"target_hash", shown::no, [](json const& of) { return text_cell(of["toRef"]["latestCommit"]); }},
    column{"merge_hash", shown::no, [](json const& of) { return text_cell(of["properties"]["mergeCommit"]["id"]); }},
    column{"comments", shown::no, [](json const& of) { return number_cell(of["properties"]["commentCount"]); }},
    column{"created", shown::no, [](json const& of) { return time_cell(of["createdDate"]); }},
    column{"updated", shown::time, [](json const& of) { return time_cell(of["updatedDate"]); }},
    column{"title", shown::text, [](json const& of) { return text_cell(of["title"]); }},
    column{"description", shown::no, [](json const& of) { return text_cell(of["description"]); }},
    column{"url", shown::no, first_link_cell},
};

constexpr std::array reviewers = {
    column{"reviewer", shown::text, [](json const& of) { return name_cell(of["user"]); }},
    column{"role", shown::text, [](json const& of) { return text_cell(of["role"]); }},
    column{"verdict", shown::text, verdict_cell},
};
constexpr std::array pull_request_lists = {
    part{"reviewers", reviewers, [](json const& of) { return of["reviewers"]; }},
};

constexpr std::array files = {
    column{"change", shown::text, change_cell},
    column{"added", shown::no, [](json const&) { return cell(); }},
    column{"removed", shown::no, [](json const&) { return cell(); }},
    column{"path", shown::text, [](json const& of) { return text_cell(of["path"]["toString"]); }},
    column{"old_path", shown::no, [](json const& of) { return text_cell(of["srcPath"]["toString"]); }},
};

constexpr std::array statuses = {
    column{"key", shown::text, [](json const& of) { return text_cell(of["key"]); }},
    column{"state", shown::text, [](json const& of) { return text_cell(of["state"]); }},
    column{"name", shown::text, [](json const& of) { return text_cell(of["name"]); }},
    column{"ref", shown::no, [](json const& of) { return text_cell(of["ref"]); }},
    column{"description", shown::no, [](json const& of) { return text_cell(of["description"]); }},
    column{"updated", shown::time, [](json const& of) { return time_cell(of["dateAdded"]); }},
    column{"url", shown::text, [](json const& of) { return text_cell(of["url"]); }},
};

// The secret stands in the answer in clear: only whether there is one comes out.
constexpr std::array hooks = {
    column{"id", shown::text, [](json const& of) { return number_cell(of["id"]); }},
    column{"active", shown::text, [](json const& of) { return boolean_cell(of["active"]); }},
    column{"secret_set", shown::no,
           [](json const& of) { return cell(!of["configuration"]["secret"].text().value_or("").empty()); }},
    column{"name", shown::text, [](json const& of) { return text_cell(of["name"]); }},
    column{"url", shown::text, [](json const& of) { return text_cell(of["url"]); }},
    column{"events", shown::text, [](json const& of) { return joined_cell(of["events"]); }},
    column{"created", shown::no, [](json const& of) { return time_cell(of["createdDate"]); }},
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

}  // namespace bbstream::rest::datacenter
