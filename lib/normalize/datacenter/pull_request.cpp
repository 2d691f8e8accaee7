#include "normalize/datacenter/pull_request.hpp"

#include "event/object_json.hpp"
#include "normalize/datacenter/entities.hpp"
#include "normalize/hash.hpp"
#include "normalize/identity.hpp"
#include "normalize/people.hpp"
#include "normalize/push.hpp"
#include "normalize/words.hpp"

namespace bbstream::normalize::datacenter {

namespace {

constexpr word states[] = {{"OPEN", "open"}, {"MERGED", "merged"}, {"DECLINED", "declined"}};
constexpr word roles[] = {{"AUTHOR", "author"}, {"REVIEWER", "reviewer"}, {"PARTICIPANT", "participant"}};
constexpr word verdicts[] = {
    {"APPROVED", "approved"},
    {"NEEDS_WORK", "changes_requested"},
    {"CHANGES_REQUESTED", "changes_requested"},
    {"UNAPPROVED", "none"},
};

std::span<event::participant const> read_participants(object const& of, std::string_view name, arena& memory)
{
    return read_people<event::participant>(of, name, memory, read_participant)
        .value_or(std::span<event::participant const>());
}

event::repository const* read_side_repository(object const& side, arena& memory)
{
    auto const from = object_member(side, "repository");
    auto const id = from ? id_of_repository(product::datacenter, *from, memory).value : std::nullopt;
    return id ? memory.keep(read_repository(*from, *id, memory)) : nullptr;
}

// Ids take it, which nothing shortens.
event::text bounded_ref(object const& of, std::string_view name)
{
    auto const found = filled_member(of, name);
    return found && found->size() <= ref_name_bytes_max ? found : std::nullopt;
}

event::pull_request_side read_side(object const& of, std::string_view name, arena& memory)
{
    event::pull_request_side side;
    auto const from = object_member(of, name);
    if (!from)
        return side;
    side.repository = read_side_repository(*from, memory);
    side.ref = bounded_ref(*from, "id");
    side.branch = bounded_ref(*from, "displayId");
    side.head = hash_member(*from, "latestCommit", memory);
    return side;
}

void read_properties(object const& of, arena& memory, event::pull_request& into)
{
    auto const properties = object_member(of, "properties");
    if (!properties)
        return;
    into.comment_count = number_member(*properties, "commentCount");
    into.task_count = number_member(*properties, "openTaskCount");
    if (auto const merged = object_member(*properties, "mergeCommit"))
        into.merge_commit = hash_member(*merged, "id", memory);
}

void read_texts(object const& from, event::pull_request& into)
{
    into.title = text_member(from, "title");
    auto const description = event::cut_utf8(text_member(from, "description"), event::description_bytes_max);
    into.description = description.shown;
    into.description_truncated = description.cut;
    into.source_state = text_member(from, "state").value_or(std::string_view());
    into.state = translate(states, into.source_state);
    into.url = link_member(from, "self");
}

void read_people(object const& from, arena& memory, event::pull_request& into)
{
    if (auto const author = object_member(from, "author"))
        into.author = read_participant(*author, memory).actor;
    into.reviewers = read_participants(from, "reviewers", memory);
    into.participants = read_participants(from, "participants", memory);
}

}  // namespace

std::string_view verdict_of(std::string_view status)
{
    return translate(verdicts, status);
}

event::participant read_participant(object const& from, arena& memory)
{
    event::participant who;
    if (auto const user = object_member(from, "user"))
        who.actor = read_user(*user, memory);
    who.role = translate(roles, text_member(from, "role").value_or(std::string_view()));
    if (auto const status = text_member(from, "status"))
        who.verdict = verdict_of(*status);
    else
        who.verdict = bool_member(from, "approved").value_or(false) ? "approved" : "none";
    who.last_reviewed_sha = hash_member(from, "lastReviewedCommit", memory).sha;
    return who;
}

std::optional<std::span<event::actor const>> read_users(object const& of, std::string_view name, arena& memory)
{
    return read_people<event::actor>(of, name, memory, read_user);
}

event::pull_request const* read_pull_request(object const& from, arena& memory)
{
    auto const id = number_member(from, "id");
    if (id.value_or(0) == 0)
        return nullptr;
    event::pull_request of;
    of.id = *id;
    read_texts(from, of);
    of.draft = bool_member(from, "draft");
    of.locked = bool_member(from, "locked");
    read_people(from, memory, of);
    of.source = read_side(from, "fromRef", memory);
    of.target = read_side(from, "toRef", memory);
    read_properties(from, memory, of);
    of.created_at = time_member(from, "createdDate");
    of.updated_at = time_member(from, "updatedDate");
    of.closed_at = time_member(from, "closedDate");
    of.version = number_member(from, "version");
    return memory.keep(of);
}

}  // namespace bbstream::normalize::datacenter
