// repository.*, project.*, mirror.synchronized, secret.detected
#include "event/repository_json.hpp"

#include "event/field_change_json.hpp"

namespace bbstream::event {

namespace {

void write_other_repository(data_writer& into, repository const* what, std::string_view pointer)
{
    if (!what || into.bare()) {
        into.to().out() += "null";
        if (what)
            into.cut(pointer);
        return;
    }
    write_repository(into.to(), *what);
}

project_entity identifiers(project_entity const& whole)
{
    project_entity only;
    only.id = whole.id;
    only.description_truncated = whole.description || whole.description_truncated;
    return only;
}

void write_mirror(object_writer& to, mirror_synchronized const& what)
{
    to.name<"mirror">();
    to.begin_object();
    to.text<"id">(what.mirror_id);
    to.text<"name">(what.mirror_name);
    to.end_object();
}

}  // namespace

void write_project_entity(data_writer& into, project_entity const* what, std::string_view pointer)
{
    auto& to = into.to();
    if (!what) {
        to.out() += "null";
        return;
    }
    auto const shown = into.bare() ? identifiers(*what) : *what;
    to.begin_object();
    to.text<"id">(shown.id);
    to.text<"key">(shown.key);
    to.text<"name">(shown.name);
    bool const cut = write_long_text<"description", "descriptionTruncated">(
        to, shown.description, shown.description_truncated, text_bytes_shown(into.how()));
    to.boolean<"private">(shown.is_private);
    to.boolean<"personal">(shown.personal);
    to.text<"url">(shown.url);
    to.end_object();
    if (into.bare())
        into.cut(pointer);
    else if (cut)
        into.cut({pointer, "/description"});
}

void write(data_writer& into, repository_fact const& what)
{
    into.to().name<"previous">();
    write_other_repository(into, what.previous, "/previous");
    write_changes(into, what.changes);
    into.to().name<"fork">();
    write_other_repository(into, what.fork, "/fork");
}

void write(data_writer& into, project_fact const& what)
{
    into.to().name<"previous">();
    write_project_entity(into, what.previous, "/previous");
    write_changes(into, what.changes);
}

void write(data_writer& into, mirror_synchronized const& what)
{
    auto& to = into.to();
    write_mirror(to, what);
    to.text<"syncType">(what.sync_type);
    to.boolean<"refLimitExceeded">(what.ref_limit_exceeded);
    to.name<"ref">();
    if (what.ref)
        write_ref(to, *what.ref);
    else
        to.out() += "null";
    to.text<"oldSha">(what.old_sha);
    to.text<"newSha">(what.new_sha);
}

void write(data_writer& into, secret_detected const& what)
{
    auto& to = into.to();
    to.text<"commitSha">(what.commit_sha);
    to.text<"path">(what.path);
    to.number<"line">(what.line);
    to.text<"ruleName">(what.rule_name);
}

bool shortens(trim step, repository_fact const& what)
{
    return shortens_changes(step, what.changes);
}

bool shortens(trim step, project_fact const& what)
{
    return step == trim::long_texts || shortens_changes(step, what.changes);
}

}  // namespace bbstream::event
