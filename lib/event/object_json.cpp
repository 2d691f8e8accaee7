#include "event/object_json.hpp"

#include "base/hex.hpp"
#include "event/digest.hpp"

namespace bbstream::event {

namespace {

void write_project(object_writer& to, std::optional<project> const& what)
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

void write_workspace(object_writer& to, std::optional<workspace> const& what)
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

void write_parent(object_writer& to, std::optional<parent_repository> const& what)
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

void write_parents(object_writer& to, commit const& what, bool bare)
{
    to.name<"parents">();
    write_texts(to, bare ? std::span<std::string_view const>() : what.parents);
}

text domain_of(std::string_view address)
{
    std::size_t const at = address.rfind('@');
    return at == std::string_view::npos ? text() : address.substr(at + 1);
}

// As far as it may be told.
void write_address(object_writer& to, text const& address, address_rule rule)
{
    switch (address ? rule : address_rule::drop) {
        case address_rule::keep:
            to.text_value(address);
            return;
        case address_rule::domain:
            to.text_value(domain_of(*address));
            return;
        case address_rule::sha256:
            to.text_value(to_hex(sha256(*address)));
            return;
        case address_rule::drop:
            to.text_value({});
    }
}

// Git takes any text for a name, and many give their address: it is told no further than the one beside it.
void write_name(object_writer& to, text const& name, address_rule rule)
{
    write_address(to, name, name && is_address(*name) ? rule : address_rule::keep);
}

}  // namespace

bool is_address(std::string_view text)
{
    return text.find('@') != std::string_view::npos && text.find_first_of(" \t") == std::string_view::npos;
}

void write_actor(object_writer& to, actor const* who)
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
    to.name<"email">();
    write_address(to, who->email, to.rules().account_addresses);
    to.boolean<"active">(who->active);
    to.end_object();
}

void write_actors(object_writer& to, std::span<actor const> all)
{
    to.begin_array();
    for (auto const& each : all) {
        to.element();
        write_actor(to, &each);
    }
    to.end_array();
}

void write_texts(object_writer& to, std::span<std::string_view const> all)
{
    to.begin_array();
    for (auto const each : all) {
        to.element();
        to.text_value(each);
    }
    to.end_array();
}

void write_person(object_writer& to, std::optional<git_person> const& who)
{
    if (!who) {
        to.out() += "null";
        return;
    }
    to.begin_object();
    to.name<"name">();
    write_name(to, who->name, to.rules().commit_addresses);
    to.name<"email">();
    write_address(to, who->email, to.rules().commit_addresses);
    to.name<"account">();
    write_actor(to, address_of(who->account));
    to.end_object();
}

void write_repository(object_writer& to, repository const& what)
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

void write_ref(object_writer& to, ref const& what)
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

bool write_commit(object_writer& to, commit const& what, std::size_t message_bytes_max, bool bare)
{
    to.begin_object();
    to.text<"sha">(what.sha);
    to.text<"shortSha">(what.short_sha);
    bool const cut = write_long_text<"message", "messageTruncated">(
        to, bare ? text() : what.message, what.message_truncated || (bare && what.message), message_bytes_max);
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
    return cut;
}

}  // namespace bbstream::event
