#include "rest/datacenter/bodies.hpp"

#include "event/json_object.hpp"

namespace bbstream::rest::datacenter {
namespace {

using event::json_writer;
using event::object_of;
using event::write_unless_empty;

// Of Code Insights.
constexpr std::size_t title_max = 450;
constexpr std::size_t message_max = 2000;

// There is nothing above high.
std::string_view severity_name(severity which)
{
    if (which == severity::low)
        return "LOW";
    return which == severity::medium ? "MEDIUM" : "HIGH";
}

void write_annotation(json_writer& to, finding const& one)
{
    to.begin_object();
    to.text<"externalId">(cut(one.id, title_max - 1));
    to.text<"message">(cut(one.summary, message_max));
    to.text<"severity">(severity_name(one.severity));
    to.text<"type">(one.kind);
    write_unless_empty<"path">(to, one.path);
    if (!one.path.empty())
        to.number<"line">(one.line);
    write_unless_empty<"link">(to, one.link);
    to.end_object();
}

}  // namespace

std::string_view status_name(verdict how)
{
    switch (how) {
        case verdict::approve:
            return "APPROVED";
        case verdict::unapprove:
            return "UNAPPROVED";
        case verdict::request_changes:
            break;
    }
    return "NEEDS_WORK";
}

std::string participant_body(std::string_view user, verdict how)
{
    return object_of([&](json_writer& to) {
        to.name<"user">();
        to.begin_object();
        to.text<"name">(user);
        to.end_object();
        to.boolean<"approved">(how == verdict::approve);
        to.text<"status">(status_name(how));
    });
}

std::string comment_body(std::string_view text)
{
    return object_of([&](json_writer& to) { to.text<"text">(text); });
}

std::string status_body(build_status const& status)
{
    return object_of([&](json_writer& to) {
        to.text<"key">(status.key);
        to.text<"state">(status.state == "STOPPED" ? "CANCELLED" : std::string_view(status.state));
        to.text<"url">(status.url);
        write_unless_empty<"name">(to, status.name);
        write_unless_empty<"description">(to, status.description);
        write_unless_empty<"ref">(to, status.ref);
    });
}

std::string report_body(insight_report const& what)
{
    return object_of([&](json_writer& to) {
        to.text<"title">(cut(what.title, title_max));
        to.text<"details">(std::to_string(what.found.findings.size()) + " findings");
        to.text<"result">(what.passed ? "PASS" : "FAIL");
        to.text<"reporter">(what.found.tool.empty() ? "bbstream" : what.found.tool);
    });
}

std::string annotations_body(std::span<finding const> findings)
{
    return object_of([&](json_writer& to) {
        to.name<"annotations">();
        to.begin_array();
        for (auto const& each : findings) {
            to.element();
            write_annotation(to, each);
        }
        to.end_array();
    });
}

}  // namespace bbstream::rest::datacenter
