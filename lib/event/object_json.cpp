#include "event/object_json.hpp"

namespace bbstream::event {

namespace {

void write_project(json_writer& to, std::optional<project> const& what)
{
    to.name<"project">();
    if (!what) {
        to.out() += "null";
        return;
    }
    to.begin_object();
    to.text<"id">(what->id);
    to.text<"key">(what->key);
    to.text<"name">(what->name);
    to.boolean<"personal">(what->personal);
    to.end_object();
}

void write_workspace(json_writer& to, std::optional<workspace> const& what)
{
    to.name<"workspace">();
    if (!what) {
        to.out() += "null";
        return;
    }
    to.begin_object();
    to.text<"id">(what->id);
    to.text<"slug">(what->slug);
    to.end_object();
}

void write_parent(json_writer& to, std::optional<parent_repository> const& what)
{
    to.name<"parent">();
    if (!what) {
        to.out() += "null";
        return;
    }
    to.begin_object();
    to.text<"id">(what->id);
    to.text<"fullName">(what->full_name);
    to.end_object();
}

void write_parents(json_writer& to, commit const& what, bool bare)
{
    to.name<"parents">();
    to.begin_array();
    if (!bare)
        for (auto const& parent : what.parents) {
            to.element();
            to.text_value(parent);
        }
    to.end_array();
}

}  // namespace

void write_actor(json_writer& to, actor const* who)
{
    if (!who) {
        to.out() += "null";
        return;
    }
    to.begin_object();
    to.text<"id">(who->id);
    to.text<"kind">(who->kind);
    to.text<"accountId">(who->account_id);
    to.text<"username">(who->username);
    to.text<"displayName">(who->display_name);
    to.null<"email">();  // an account's address is private
    to.boolean<"active">(who->active);
    to.end_object();
}

void write_person(json_writer& to, std::optional<git_person> const& who)
{
    if (!who) {
        to.out() += "null";
        return;
    }
    to.begin_object();
    to.text<"name">(who->name);
    to.text<"email">(who->email);
    to.name<"account">();
    write_actor(to, who->account ? &*who->account : nullptr);
    to.end_object();
}

void write_repository(json_writer& to, repository const& what)
{
    to.begin_object();
    to.text<"id">(what.id);
    to.text<"slug">(what.slug);
    to.text<"name">(what.name);
    to.text<"fullName">(what.full_name);
    write_workspace(to, what.workspace);
    write_project(to, what.project);
    to.boolean<"private">(what.is_private);
    to.boolean<"archived">(what.archived);
    to.text<"defaultBranch">(what.default_branch);
    to.text<"url">(what.url);
    to.name<"cloneUrls">();
    to.begin_object();
    to.text<"https">(what.https_url);
    to.text<"ssh">(what.ssh_url);
    to.end_object();
    write_parent(to, what.parent);
    to.end_object();
}

void write_ref(json_writer& to, ref const& what)
{
    to.begin_object();
    to.text<"name">(what.name);
    to.text<"shortName">(what.short_name);
    to.text<"type">(what.type);
    to.end_object();
}

cut_text cut_utf8(text whole, std::size_t bytes_max)
{
    if (!whole || whole->size() <= bytes_max)
        return {whole, false};
    std::size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>((*whole)[end]) & 0xc0) == 0x80)
        --end;
    return {whole->substr(0, end), true};
}

bool write_commit(json_writer& to, commit const& what, std::size_t message_bytes_max, bool bare)
{
    auto const message = bare ? cut_text{{}, what.message.has_value()} : cut_utf8(what.message, message_bytes_max);
    to.begin_object();
    to.text<"sha">(what.sha);
    to.text<"shortSha">(what.short_sha);
    to.text<"message">(message.shown);
    to.boolean<"messageTruncated">(what.message_truncated || message.cut);
    to.name<"author">();
    write_person(to, bare ? std::nullopt : what.author);
    to.name<"committer">();
    write_person(to, bare ? std::nullopt : what.committer);
    to.time<"date">(what.date);
    to.time<"authoredAt">(what.authored_at);
    to.time<"committedAt">(what.committed_at);
    write_parents(to, what, bare);
    to.text<"url">(bare ? std::nullopt : what.url);
    to.end_object();
    return what.message_truncated || message.cut;
}

}  // namespace bbstream::event
