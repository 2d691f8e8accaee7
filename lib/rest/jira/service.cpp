#include "rest/jira/service.hpp"

#include "rest/member_cell.hpp"
#include "rest/target.hpp"

#include <array>

namespace bbstream::rest::jira {
namespace {

constexpr std::string_view fields = "summary,status,issuetype,priority,assignee,reporter,created,updated";
constexpr std::string_view page_length = "100";

// The text of an Atlassian document, blocks as lines; deeper levels are cut.
constexpr unsigned levels_max = 32;

void append_text(std::string& out, json const& node, unsigned level)
{
    if (auto const text = node["text"].text())
        out += *text;
    if (level >= levels_max)
        return;
    for (auto const& each : node["content"].elements())
        append_text(out, each, level + 1);
    if (auto const type = node["type"].text(); type == "paragraph" || type == "heading" || type == "listItem")
        out += '\n';
}

cell document_cell(json const& document)
{
    if (auto const plain = document.text())
        return std::string(*plain);
    if (!document.is_object())
        return {};
    std::string text;
    append_text(text, document, 0);
    while (text.ends_with('\n'))
        text.pop_back();
    return text;
}

constexpr std::array issue_cells = {
    column{"key", shown::text, cell_at<text_cell, "key">},
    column{"state", shown::text, cell_at<text_cell, "fields", "status", "name">},
    column{"kind", shown::text, cell_at<text_cell, "fields", "issuetype", "name">},
    column{"priority", shown::text, cell_at<text_cell, "fields", "priority", "name">},
    column{"assignee", shown::text, cell_at<text_cell, "fields", "assignee", "displayName">},
    column{"reporter", shown::no, cell_at<text_cell, "fields", "reporter", "displayName">},
    column{"created", shown::no, cell_at<time_cell, "fields", "created">},
    column{"updated", shown::time, cell_at<time_cell, "fields", "updated">},
    column{"title", shown::text, cell_at<text_cell, "fields", "summary">},
    column{"text", shown::no, cell_at<document_cell, "fields", "description">},
};

result<std::optional<std::string>> by_token(std::string const& current, json const& page)
{
    auto const token = page["nextPageToken"].text().value_or("");
    if (page["isLast"].boolean().value_or(!page["nextPageToken"]))
        return std::optional<std::string>();
    if (token.empty())
        return failure{failure_kind::invalid, current + ": there are more pages, and the answer does not say where"};
    return std::optional(with_parameter(current, "nextPageToken", token));
}

// A text of JQL; project keys have neither quotes nor backslashes, and those that do find nothing.
std::string quoted(std::string const& text)
{
    std::string out = "\"";
    for (auto const c : text)
        out += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    return out + '"';
}

}  // namespace

listing issues(std::string const& api_path, std::string const& project)
{
    auto const all = target(api_path + "/rest/api/3/search/jql")
                         .query("jql", "project = " + quoted(project) + " ORDER BY created DESC")
                         .query("fields", fields)
                         .query("maxResults", page_length);
    return {all.text(), issue_cells, by_token, "issues"};
}

entity issue(std::string const& api_path, std::string const& key)
{
    auto const one =
        target(api_path + "/rest/api/3/issue").segment(key).query("fields", std::string(fields) + ",description");
    return {one.text(), issue_cells, {}};
}

}  // namespace bbstream::rest::jira
