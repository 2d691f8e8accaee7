// Comments, and commit.comment_*
#include "event/comment_json.hpp"

namespace bbstream::event {

namespace {

comment identifiers(comment const& whole)
{
    comment only;
    only.id = whole.id;
    only.parent_id = whole.parent_id;
    only.body_truncated = whole.body || whole.body_truncated;
    only.previous_body_truncated = whole.previous_body || whole.previous_body_truncated;
    only.state = whole.state;
    only.updated_at = whole.updated_at;
    only.version = whole.version;
    return only;
}

void write_anchor(object_writer& to, std::optional<comment_anchor> const& what)
{
    to.name<"anchor">();
    if (!what) {
        to.out() += "null";
        return;
    }
    to.begin_object();
    to.text<"path">(what->path);
    to.number<"line">(what->line);
    to.text<"side">(what->side);
    to.number<"fromLine">(what->from_line);
    to.text<"fromSha">(what->from_sha);
    to.text<"toSha">(what->to_sha);
    to.end_object();
}

void write_body(data_writer& into, comment const& what)
{
    auto const cut = write_long_text<"text", "textTruncated">(into.to(), what.body, what.body_truncated,
                                                              text_bytes_shown(into.how()));
    if (cut && !into.bare())
        into.cut("/comment/text");
}

void write_previous_body(data_writer& into, comment const& what)
{
    auto const cut = write_long_text<"previousText", "previousTextTruncated">(
        into.to(), what.previous_body, what.previous_body_truncated, text_bytes_shown(into.how()));
    if (cut && !into.bare())
        into.cut("/comment/previousText");
}

}  // namespace

void write_comment(data_writer& into, comment const* what)
{
    auto& to = into.to();
    to.name<"comment">();
    if (!what) {
        to.out() += "null";
        return;
    }
    if (into.bare())
        into.cut("/comment");
    auto const shown = into.bare() ? identifiers(*what) : *what;
    to.begin_object();
    to.text<"id">(shown.id);
    to.text<"parentId">(shown.parent_id);
    write_body(into, shown);
    to.name<"author">();
    write_actor(to, address_of(shown.author));
    to.text<"state">(shown.state);
    to.text<"severity">(shown.severity);
    write_anchor(to, shown.anchor);
    to.time<"createdAt">(shown.created_at);
    to.time<"updatedAt">(shown.updated_at);
    to.number<"version">(shown.version);
    write_previous_body(into, shown);
    to.name<"resolvedBy">();
    write_actor(to, address_of(shown.resolved_by));
    to.time<"resolvedAt">(shown.resolved_at);
    to.text<"url">(shown.url);
    to.end_object();
}

void write(data_writer& into, commit_comment const& what)
{
    write_hash<"sha", "shortSha">(into.to(), what.commit);
    write_comment(into, what.comment);
}

bool shortens(trim step, commit_comment const&)
{
    return step == trim::long_texts;
}

}  // namespace bbstream::event
