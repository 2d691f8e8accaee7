#include "normalize/cloud/issue.hpp"

#include "event/object_json.hpp"
#include "normalize/cloud/entities.hpp"
#include "normalize/differences.hpp"
#include "normalize/words.hpp"

namespace bbstream::normalize::cloud {

namespace {

constexpr word states[] = {{"new", "new"},           {"open", "open"},           {"on hold", "on_hold"},
                           {"resolved", "resolved"}, {"duplicate", "duplicate"}, {"invalid", "invalid"},
                           {"wontfix", "wontfix"},   {"closed", "closed"}};
constexpr word kinds[] = {{"bug", "bug"}, {"enhancement", "enhancement"}, {"proposal", "proposal"}, {"task", "task"}};
constexpr word priorities[] = {
    {"trivial", "trivial"}, {"minor", "minor"}, {"major", "major"}, {"critical", "critical"}, {"blocker", "blocker"}};

// Webhooks were documented with `type` for it, which is what everything else is called by.
event::text kind_of(object const& issue)
{
    if (auto const kind = text_member(issue, "kind"))
        return translate_some(kinds, kind);
    auto const type = text_member(issue, "type");
    return type == "issue" ? std::nullopt : translate_some(kinds, type);
}

// A text, or {name: ...}.
event::text name_of(element const& value)
{
    auto const named = as_object(value);
    auto const name = named ? text_member(*named, "name") : as_text(value);
    return name && !name->empty() ? name : std::nullopt;
}

event::text name_member(object const& of, std::string_view name)
{
    auto const found = member(of, name);
    return found ? name_of(*found) : std::nullopt;
}

// Nobody is null, or an object that names nobody.
std::optional<event::actor> account_member(object const& of, std::string_view name, arena& memory)
{
    auto const found = object_member(of, name);
    auto const who = found ? read_account(*found, memory) : event::actor();
    return who.id || who.display_name ? std::optional(who) : std::nullopt;
}

template <auto& Table>
event::field_value read_word(element const& value, arena&)
{
    return as_field_value(translate_some(Table, as_text(value)));
}

event::field_value read_name(element const& value, arena&)
{
    return as_field_value(name_of(value));
}

event::field_value read_content(element const& value, arena&)
{
    auto const rendered = as_object(value);
    return as_field_value(rendered ? text_member(*rendered, "raw") : as_text(value));
}

// An account, or in old payloads its name.
event::field_value read_assignee(element const& value, arena& memory)
{
    event::actor who;
    if (auto const account = as_object(value)) {
        who = read_account(*account, memory);
    } else if (auto const name = as_text(value); name && !name->empty()) {
        who.username = name;
        who.id = memory.join({"name:", *name});
    }
    return who.id || who.display_name ? event::field_value(memory.keep(who)) : event::field_value();
}

constexpr changed_field fields[] = {
    {"title", "title", read_text},           {"content", "content", read_content},
    {"kind", "kind", read_word<kinds>},      {"priority", "priority", read_word<priorities>},
    {"status", "state", read_word<states>},  {"state", "state", read_word<states>},
    {"assignee", "assignee", read_assignee}, {"responsible", "assignee", read_assignee},
    {"component", "component", read_name},   {"milestone", "milestone", read_name},
    {"version", "version", read_name},
};

}  // namespace

event::issue const* read_issue(object const& from, arena& memory)
{
    auto const id = number_member(from, "id");
    if (id.value_or(0) == 0)
        return nullptr;
    event::issue of;
    of.id = *id;
    of.title = text_member(from, "title");
    auto const content = object_member(from, "content");
    auto const raw = event::cut_utf8(content ? text_member(*content, "raw") : std::nullopt, event::comment_bytes_max);
    of.content = raw.shown;
    of.content_truncated = raw.cut;
    of.kind = kind_of(from);
    of.priority = translate_some(priorities, text_member(from, "priority"));
    of.source_state = text_member(from, "state").value_or(std::string_view());
    of.state = translate(states, of.source_state);
    of.reporter = account_member(from, "reporter", memory);
    of.assignee = account_member(from, "assignee", memory);
    of.component = name_member(from, "component");
    of.milestone = name_member(from, "milestone");
    of.version = name_member(from, "version");
    of.votes = number_member(from, "votes");
    of.created_at = time_member(from, "created_on");
    of.updated_at = time_member(from, "updated_on");
    of.url = link_member(from, "html");
    return memory.keep(of);
}

event::field_changes read_issue_changes(object const& changes, arena& memory)
{
    return read_changes(changes, fields, memory);
}

}  // namespace bbstream::normalize::cloud
