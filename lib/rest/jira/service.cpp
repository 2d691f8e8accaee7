#include "rest/jira/service.hpp"

#include "rest/json.hpp"
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
    column{"key", shown::text, [](json const& of) { return text_cell(of["key"]); }},
    column{"state", shown::text, [](json const& of) { return text_cell(of["fields"]["status"]["name"]); }},
    column{"kind", shown::text, [](json const& of) { return text_cell(of["fields"]["issuetype"]["name"]); }},
    column{"priority", shown::text, [](json const& of) { return text_cell(of["fields"]["priority"]["name"]); }},
    column{"assignee", shown::text, [](json const& of) { return text_cell(of["fields"]["assignee"]["displayName"]); }},
    column{"reporter", shown::no, [](json const& of) { return text_cell(of["fields"]["reporter"]["displayName"]); }},
    column{"created", shown::no, [](json const& of) { return time_cell(of["fields"]["created"]); }},
    column{"updated", shown::time, [](json const& of) { return time_cell(of["fields"]["updated"]); }},
    column{"title", shown::text, [](json const& of) { return text_cell(of["fields"]["summary"]); }},
    column{"text", shown::no, [](json const& of) { return document_cell(of["fields"]["description"]); }},
};

result<std::optional<std::string>> by_token(std::string const& current, json const& page)
{
    auto const token = page["nextPageToken"].text();
    if (!token || token->empty() || page["isLast"].boolean().value_or(false))
        return std::optional<std::string>();
    return std::optional(with_parameter(current, "nextPageToken", *token));
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
