// issue.*
#include "event/comment_json.hpp"
#include "event/field_change_json.hpp"

namespace bbstream::event {

namespace {

issue identifiers(issue const& whole)
{
    issue only;
    only.id = whole.id;
    only.content_truncated = whole.content || whole.content_truncated;
    only.state = whole.state;
    only.source_state = whole.source_state;
    only.updated_at = whole.updated_at;
    return only;
}

void write_fields(data_writer& into, issue const& what)
{
    auto& to = into.to();
    to.text<"kind">(what.kind);
    to.text<"priority">(what.priority);
    to.text<"state">(what.state);
    to.text<"sourceState">(what.source_state);
    to.name<"reporter">();
    write_actor(to, address_of(what.reporter));
    to.name<"assignee">();
    write_actor(to, address_of(what.assignee));
    to.text<"component">(what.component);
    to.text<"milestone">(what.milestone);
    to.text<"version">(what.version);
    to.number<"votes">(what.votes);
    to.time<"createdAt">(what.created_at);
    to.time<"updatedAt">(what.updated_at);
    to.text<"url">(what.url);
}

void write_issue(data_writer& into, issue const& what)
{
    auto& to = into.to();
    auto const shown = into.bare() ? identifiers(what) : what;
    to.name<"issue">();
    to.begin_object();
    to.number<"id">(shown.id);
    to.text<"title">(shown.title);
    bool const cut = write_long_text<"content", "contentTruncated">(to, shown.content, shown.content_truncated,
                                                                    text_bytes_shown(into.how()));
    if (cut && !into.bare())
        into.cut("/issue/content");
    write_fields(into, shown);
    to.end_object();
    if (into.bare())
        into.cut("/issue");
}

}  // namespace

void write(data_writer& into, issue_fact const& what)
{
    write_issue(into, *what.issue);
}

void write(data_writer& into, issue_updated const& what)
{
    write_issue(into, *what.issue);
    write_changes(into, what.changes);
    write_comment(into, what.comment);
}

void write(data_writer& into, issue_comment_created const& what)
{
    write_issue(into, *what.issue);
    write_comment(into, what.comment);
}

bool shortens(trim step, issue_fact const&)
{
    return step == trim::long_texts;
}

bool shortens(trim step, issue_updated const&)
{
    return step == trim::long_texts;
}

bool shortens(trim step, issue_comment_created const&)
{
    return step == trim::long_texts;
}

}  // namespace bbstream::event
