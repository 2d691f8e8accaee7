#include "event/data_json.hpp"

#include "event/base64.hpp"
#include "event/json_writer.hpp"
#include "event/object_json.hpp"

#include <algorithm>
#include <initializer_list>

namespace bbstream::event {

namespace {

constexpr std::size_t message_bytes_trimmed = 512;
constexpr std::size_t commits_trimmed = 20;

std::string_view reason_name(unknown_reason which)
{
    return which == unknown_reason::unknown_key      ? "unknown_key"
           : which == unknown_reason::missing_fields ? "missing_fields"
                                                     : "type_mismatch";
}

// Writes one event's data, and remembers what it cuts as JSON pointers (RFC 6901).
class data_writer {
   public:
    data_writer(std::string& out, event const& of, trim how) : to_(out), of_(of), how_(how) {}

    void write(ref_change const& what);
    void write(commit_added const& what);
    void write(unknown_received const& what);
    void write(dead_letter const&) {}

   private:
    bool bare() const { return how_ == trim::all_but_ids; }
    std::size_t message_bytes() const { return how_ == trim::nothing ? std::string_view::npos : message_bytes_trimmed; }

    void begin();
    void end();
    void write_repository_or_id();
    void cut(std::string_view pointer) { (truncated_ += truncated_.empty() ? "\"" : ",\"").append(pointer) += '"'; }
    void write_head(ref_change const& what);
    void write_tag(ref_change const& what);
    void write_commits(ref_change const& what);
    void write_payload(unknown_received const& what);

    json_writer to_;
    event const& of_;
    trim how_;
    std::string truncated_;
};

void data_writer::begin()
{
    auto* const shared = bare() ? nullptr : of_.delivery->shared;
    if (shared && !shared->entities.empty()) {
        to_.out() += shared->entities;
        to_.resume_object();
        return;
    }
    std::size_t const before = to_.out().size();
    to_.begin_object();
    to_.name<"repository">();
    write_repository_or_id();
    to_.name<"actor">();
    write_actor(to_, bare() ? nullptr : of_.delivery->actor);
    if (bare() && of_.delivery->actor)
        cut("/actor");
    if (shared)
        shared->entities.assign(to_.out(), before);
}

void data_writer::write_repository_or_id()
{
    auto const* known = of_.delivery->repository;
    if (!known) {
        to_.out() += "null";
    } else if (bare()) {
        repository only_id;
        only_id.id = known->id;
        write_repository(to_, only_id);
        cut("/repository");
    } else {
        write_repository(to_, *known);
    }
}

void data_writer::end()
{
    to_.name<"enrichment">();
    to_.out() += R"({"status":"none","fields":[]})";
    to_.name<"raw">();
    to_.begin_object();
    to_.number<"journal">(of_.delivery->sequence);
    to_.end_object();
    to_.name<"truncated">();
    to_.out().append("[").append(truncated_).append("]");
    to_.end_object();
}

void data_writer::write(ref_change const& what)
{
    begin();
    to_.name<"ref">();
    write_ref(to_, what.ref);
    to_.text<"oldSha">(what.old_sha);
    to_.text<"newSha">(what.new_sha);
    to_.text<"newCommitSha">(what.new_commit_sha);
    write_head(what);
    write_tag(what);
    to_.boolean<"forced">(what.forced);
    write_commits(what);
    to_.null<"isDefaultBranch">();
    to_.null<"relatedPullRequests">();
    to_.null<"changedPaths">();
    to_.name<"push">();
    to_.begin_object();
    to_.number<"index">(what.push_index);
    to_.number<"count">(what.push_count);
    to_.end_object();
    to_.boolean<"reconstructed">(false);
    end();
}

void data_writer::write_head(ref_change const& what)
{
    to_.name<"head">();
    if (!what.head)
        to_.out() += "null";
    else if (write_commit(to_, *what.head, message_bytes(), bare()) || bare())
        cut(bare() ? "/head" : "/head/message");
}

void data_writer::write_tag(ref_change const& what)
{
    to_.name<"tag">();
    if (!what.tag || bare()) {
        to_.out() += "null";
        if (what.tag)
            cut("/tag");
        return;
    }
    to_.begin_object();
    to_.text<"message">(what.tag->message);
    to_.time<"taggedAt">(what.tag->tagged_at);
    to_.name<"tagger">();
    write_person(to_, what.tag->tagger);
    to_.end_object();
    if (what.tag->message_truncated)
        cut("/tag/message");
}

void data_writer::write_commits(ref_change const& what)
{
    to_.name<"commits">();
    if (!what.commits) {
        to_.out() += "null";
        return;
    }
    auto const& all = what.commits->items;
    std::size_t const shown = how_ >= trim::all_commits    ? 0
                              : how_ == trim::most_commits ? std::min(all.size(), commits_trimmed)
                                                           : all.size();
    to_.begin_object();
    to_.name<"items">();
    to_.begin_array();
    for (std::size_t at = 0; at < shown; ++at) {
        to_.element();
        if (write_commit(to_, all[at], message_bytes(), false))
            cut("/commits/items/" + std::to_string(at) + "/message");
    }
    to_.end_array();
    to_.number<"total">(what.commits->total);
    to_.boolean<"complete">(what.commits->complete && shown == all.size());
    bool const cut_by_us = shown < all.size() || what.commits->cut;
    to_.text<"limitedBy">(cut_by_us ? text("size") : what.commits->complete ? text() : text("bitbucket"));
    to_.end_object();
    if (cut_by_us)
        cut("/commits/items");
}

void data_writer::write(commit_added const& what)
{
    begin();
    to_.name<"commit">();
    if (write_commit(to_, *what.commit, message_bytes(), bare()) || bare())
        cut(bare() ? "/commit" : "/commit/message");
    to_.name<"ref">();
    write_ref(to_, what.ref);
    to_.number<"order">(what.order);
    end();
}

void data_writer::write(unknown_received const& what)
{
    begin();
    to_.text<"eventKey">(of_.delivery->event_key);
    to_.text<"reason">(reason_name(what.reason));
    to_.text<"detail">(what.detail);
    write_payload(what);
    to_.number<"payloadLength">(what.payload_length);
    to_.text<"bodySha256">(what.body_sha256);
    end();
}

void data_writer::write_payload(unknown_received const& what)
{
    bool const absent = bare() || what.payload.empty();
    to_.name<"payload">();
    to_.out() += absent || !what.payload_is_json ? "null" : what.payload;
    to_.name<"payloadBase64">();
    if (absent || what.payload_is_json) {
        to_.out() += "null";
    } else {
        to_.out() += '"';
        append_base64(to_.out(), what.payload);
        to_.out() += '"';
    }
    if (absent && what.payload_length > 0)
        cut("/payload");
}

}  // namespace

void append_data(std::string& out, event const& what, trim how)
{
    data_writer writer(out, what, how);
    std::visit([&](auto const& data) { writer.write(data); }, what.data);
}

trim trim_more(event const& what, trim how)
{
    auto const* change = std::get_if<ref_change>(&what.data);
    bool const list = change && change->commits && !change->commits->items.empty();
    bool const message = list || (change && change->head) || std::holds_alternative<commit_added>(what.data);
    if (how < trim::long_messages && message)
        return trim::long_messages;
    if (how < trim::most_commits && list && change->commits->items.size() > commits_trimmed)
        return trim::most_commits;
    if (how < trim::all_commits && list)
        return trim::all_commits;
    return trim::all_but_ids;
}

bool lacks_payload(event const& what)
{
    auto const* unknown = std::get_if<unknown_received>(&what.data);
    return unknown && unknown->payload.empty() && unknown->payload_length > 0;
}

}  // namespace bbstream::event
