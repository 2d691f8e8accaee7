#include "normalize/cloud/pull_request.hpp"

#include "event/object_json.hpp"
#include "normalize/cloud/entities.hpp"
#include "normalize/hash.hpp"
#include "normalize/identity.hpp"
#include "normalize/people.hpp"
#include "normalize/push.hpp"
#include "normalize/words.hpp"

namespace bbstream::normalize::cloud {

namespace {

constexpr word states[] = {
    {"OPEN", "open"}, {"MERGED", "merged"}, {"DECLINED", "declined"}, {"SUPERSEDED", "superseded"}};
constexpr word roles[] = {{"REVIEWER", "reviewer"}, {"PARTICIPANT", "participant"}, {"AUTHOR", "author"}};
constexpr word verdicts[] = {{"approved", "approved"}, {"changes_requested", "changes_requested"}};

constexpr std::size_t id_hash_digits = 12;

std::optional<event::actor> account_member(object const& of, std::string_view name, arena& memory)
{
    auto const account = object_member(of, name);
    return account ? std::optional(read_account(*account, memory)) : std::nullopt;
}

// Until changes could be requested there was no `state`, only whether somebody approved.
event::participant read_participant(object const& from, arena& memory)
{
    event::participant who;
    who.actor = account_member(from, "user", memory);
    who.role = translate(roles, text_member(from, "role").value_or(std::string_view()));
    if (auto const state = filled_member(from, "state"))
        who.verdict = translate(verdicts, *state);
    else
        who.verdict = bool_member(from, "approved").value_or(false) ? "approved" : "none";
    who.at = time_member(from, "participated_on");
    return who;
}

event::participant read_reviewer(object const& from, arena& memory)
{
    event::participant who;
    who.actor = read_account(from, memory);
    who.role = "reviewer";
    return who;
}

event::text id_of(event::participant const* who)
{
    return who->actor ? who->actor->id : std::nullopt;
}

// What reviewers said stands with the participants only.
void add_verdicts(std::span<event::participant> reviewers, std::span<event::participant const> participants,
                  arena& memory)
{
    auto const by_id = memory.array<event::participant const*>(participants.size());
    std::transform(participants.begin(), participants.end(), by_id.begin(), [](auto const& each) { return &each; });
    std::ranges::stable_sort(by_id, {}, id_of);
    for (auto& each : reviewers) {
        auto const found = std::ranges::lower_bound(by_id, id_of(&each), {}, id_of);
        if (found == by_id.end() || !id_of(&each) || id_of(*found) != id_of(&each))
            continue;
        each.verdict = (*found)->verdict;
        each.at = (*found)->at;
    }
}

void read_people(object const& from, arena& memory, event::pull_request& into)
{
    into.author = account_member(from, "author", memory);
    into.closed_by = account_member(from, "closed_by", memory);
    auto const participants =
        normalize::read_people<event::participant>(from, "participants", memory, read_participant);
    into.participants = participants.value_or(std::span<event::participant const>());
    auto const accounts = normalize::read_people<event::participant>(from, "reviewers", memory, read_reviewer);
    if (!accounts)
        return;
    auto const reviewers = memory.array<event::participant>(accounts->size());
    std::copy(accounts->begin(), accounts->end(), reviewers.begin());
    add_verdicts(reviewers, into.participants, memory);
    into.reviewers = reviewers;
}

// Sources of a fork that is gone have neither repository nor commit.
event::pull_request_side read_side(object const& of, std::string_view name, arena& memory)
{
    event::pull_request_side side;
    auto const from = object_member(of, name);
    if (!from)
        return side;
    if (auto const repository = object_member(*from, "repository"))
        if (auto const id = id_of_repository(product::cloud, *repository, memory).value)
            side.repository = memory.keep(read_repository(*repository, *id, memory));
    auto const branch = object_member(*from, "branch");
    auto const named = branch ? filled_member(*branch, "name") : std::nullopt;
    if (named && named->size() <= ref_name_bytes_max) {
        side.branch = named;
        side.ref = memory.join({"refs/heads/", *named});
    }
    if (auto const commit = object_member(*from, "commit"))
        side.head = hash_member(*commit, "hash", memory);
    return side;
}

void read_texts(object const& from, event::pull_request& into)
{
    into.title = text_member(from, "title");
    auto const description = event::cut_utf8(text_member(from, "description"), event::description_bytes_max);
    into.description = description.shown;
    into.description_truncated = description.cut;
    into.source_state = text_member(from, "state").value_or(std::string_view());
    into.state = translate(states, into.source_state);
    into.decline_reason = text_member(from, "reason");
    into.url = link_member(from, "html");
}

}  // namespace

event::pull_request const* read_pull_request(object const& from, arena& memory)
{
    auto const id = number_member(from, "id");
    if (id.value_or(0) == 0)
        return nullptr;
    event::pull_request of;
    of.id = *id;
    read_texts(from, of);
    read_people(from, memory, of);
    of.source = read_side(from, "source", memory);
    of.target = read_side(from, "destination", memory);
    of.draft = bool_member(from, "draft");
    if (auto const merged = object_member(from, "merge_commit"))
        of.merge_commit = hash_member(*merged, "hash", memory);
    of.close_source_branch = bool_member(from, "close_source_branch");
    of.comment_count = number_member(from, "comment_count");
    of.task_count = number_member(from, "task_count");
    of.created_at = time_member(from, "created_on");
    of.updated_at = time_member(from, "updated_on");
    return memory.keep(of);
}

event::text head_of(object const& from, std::string_view side, arena& memory)
{
    auto const at = object_member(from, side);
    auto const commit = at ? object_member(*at, "commit") : std::nullopt;
    auto const hash = commit ? bounded_id(*commit, "hash", memory) : std::nullopt;
    if (!hash || is_zero_hash(*hash))
        return std::nullopt;
    return forms_of_hash(*hash, memory).id.substr(0, id_hash_digits);
}

}  // namespace bbstream::normalize::cloud
