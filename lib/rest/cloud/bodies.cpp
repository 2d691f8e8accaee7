#include "rest/cloud/bodies.hpp"

#include "event/json_object.hpp"

#include <array>

namespace bbstream::rest::cloud {
namespace {

using event::json_writer;
using event::write_unless_empty;

// Of Code Insights.
constexpr std::size_t title_max = 450;
constexpr std::size_t details_max = 2000;

template <class Write>
std::string object(std::string_view type, Write write)
{
    return event::object_of([&](json_writer& to) {
        to.text<"type">(type);
        write(to);
    });
}

void write_content(json_writer& to, std::string_view text)
{
    to.name<"content">();
    to.begin_object();
    to.text<"raw">(text);
    to.end_object();
}

std::string_view severity_name(severity which)
{
    constexpr std::array<std::string_view, 4> names = {"LOW", "MEDIUM", "HIGH", "CRITICAL"};
    return names[static_cast<std::size_t>(which)];
}

void write_annotation(json_writer& to, finding const& one)
{
    to.begin_object();
    to.text<"type">("report_annotation");
    to.text<"external_id">(one.id);
    to.text<"annotation_type">(one.kind);
    to.text<"summary">(cut(one.summary, title_max));
    write_unless_empty<"details">(to, cut(one.details, details_max));
    to.text<"severity">(severity_name(one.severity));
    write_unless_empty<"path">(to, one.path);
    if (one.line != 0)
        to.number<"line">(one.line);
    write_unless_empty<"link">(to, one.link);
    to.end_object();
}

void write_variables(json_writer& to, pipeline_run const& what)
{
    to.name<"variables">();
    to.begin_array();
    for (auto const& [key, value] : what.variables) {
        to.element();
        to.begin_object();
        to.text<"type">("pipeline_variable");
        to.text<"key">(key);
        to.text<"value">(value);
        to.end_object();
    }
    to.end_array();
}

}  // namespace

std::string comment_body(std::string_view type, std::string_view text)
{
    return object(type, [&](json_writer& to) { write_content(to, text); });
}

std::string status_body(build_status const& status)
{
    return object("build", [&](json_writer& to) {
        to.text<"key">(status.key);
        to.text<"state">(status.state);
        to.text<"url">(status.url);
        write_unless_empty<"name">(to, status.name);
        write_unless_empty<"description">(to, status.description);
        write_unless_empty<"refname">(to, status.ref);
    });
}

std::string run_body(pipeline_run const& what)
{
    return object("pipeline", [&](json_writer& to) {
        to.name<"target">();
        to.begin_object();
        to.text<"type">("pipeline_ref_target");
        to.text<"ref_type">("branch");
        to.text<"ref_name">(what.branch);
        if (!what.pattern.empty()) {
            to.name<"selector">();
            to.begin_object();
            to.text<"type">("custom");
            to.text<"pattern">(what.pattern);
            to.end_object();
        }
        to.end_object();
        if (!what.variables.empty())
            write_variables(to, what);
    });
}

std::string report_body(insight_report const& what)
{
    return object("report", [&](json_writer& to) {
        to.text<"title">(cut(what.title, title_max));
        to.text<"details">(std::to_string(what.found.findings.size()) + " findings");
        to.text<"report_type">("SECURITY");
        to.text<"result">(what.passed ? "PASSED" : "FAILED");
        to.text<"reporter">(what.found.tool.empty() ? "bbstream" : what.found.tool);
    });
}

std::string annotations_body(std::span<finding const> findings)
{
    std::string text;
    json_writer to(text);
    to.begin_array();
    for (auto const& each : findings) {
        to.element();
        write_annotation(to, each);
    }
    to.end_array();
    return text;
}

std::string issue_body(std::string_view title, std::string_view text)
{
    return object("issue", [&](json_writer& to) {
        to.text<"title">(title);
        if (!text.empty())
            write_content(to, text);
    });
}

std::string issue_state_body(std::string_view state)
{
    return object("issue", [&](json_writer& to) { to.text<"state">(state); });
}

}  // namespace bbstream::rest::cloud
