#include "cloud_repository.hpp"

namespace bbstream::test {

void cloud_repository::begin_repository()
{
    say("repo:created", {}, {"repository.created repository"});
    push();
}

void cloud_repository::change_project()
{
    auto const project = object({{"uuid", uuid("project", number_)}, {"key", quote("PAY")}});
    tell(product::cloud, "project:updated", {{"project", project}, {"changes", rename()}}, {"project.updated project"},
         {"project"});
}

std::string cloud_repository::time(micros at)
{
    std::string text;
    append_rfc3339(text, at);
    return quote(text);
}

std::string cloud_repository::time_now() const
{
    return time(now());
}

std::string cloud_repository::uuid(std::string_view kind, int number)
{
    return quote("{" + std::string(kind) + std::to_string(number) + "}");
}

std::string cloud_repository::user(int number)
{
    return object({{"type", quote("user")}, {"uuid", uuid("user", number)}, {"display_name", quote("Jo")}});
}

std::string cloud_repository::repository() const
{
    members what = {{"type", quote("repository")},
                    {"uuid", uuid("repository", number_)},
                    {"name", quote("r" + std::to_string(name_))},
                    {"full_name", quote("acme/r" + std::to_string(name_))},
                    {"owner", user(100 + owner_)}};
    if (has_times_)
        what.emplace_back("updated_on", time_now());
    return object(what);
}

told& cloud_repository::say(std::string_view key, members body, texts const& kinds, texts machines)
{
    body.emplace_back("actor", user(0));
    if (key != "pipeline:span_created")
        body.emplace_back("repository", repository());
    return tell(product::cloud, key, body, kinds, std::move(machines));
}

void cloud_repository::push()
{
    texts changes;
    texts kinds;
    texts machines;
    for (int ref = pick(refs_of_world); ref < refs_of_world && (changes.empty() || sometimes(4)); ++ref)
        move_ref(ref, changes, kinds, machines);
    if (!changes.empty())
        say("repo:push", {{"push", object({{"changes", list(changes)}})}}, kinds, machines);
}

void cloud_repository::move_ref(int ref, texts& changes, texts& kinds, texts& machines)
{
    auto const of = name_of_ref(ref);
    int& head = heads_[ref];
    int const next = pick(hashes_of_world);
    if (next == head)
        return;
    auto const side = [&](int hash) {
        return hash == 0 ? std::string("null")
                         : object({{"type", quote(of.is_tag ? "tag" : "branch")},
                                   {"name", quote(of.name)},
                                   {"target", object({{"hash", quote(hash_of(hash))}})}});
    };
    members change = {{"old", side(head)}, {"new", side(next)}, {"truncated", "false"}};
    if (!of.is_tag && next != 0)
        change.emplace_back("commits", list({object({{"hash", quote(hash_of(next))}, {"date", time_now()}})}));
    changes.push_back(object(change));
    kinds.push_back(kind_of_change(head, next) + ' ' + of.full);
    if (!of.is_tag && next != 0 && is_new_commit(next))
        kinds.push_back("commit.added commits/" + hash_of(next));
    machines.push_back(of.full);
    head = next;
}

void cloud_repository::happen_to_repository()
{
    if (sometimes(4))
        return fork();
    if (sometimes(3))
        return transfer();
    say("repo:updated", {{"changes", rename()}}, {"repository.updated repository"}, {"repository"});
}

std::string cloud_repository::rename()
{
    int const before = name_;
    name_ = 1 - name_;
    members changes = {
        {"name", object({{"old", quote("r" + std::to_string(before))}, {"new", quote("r" + std::to_string(name_))}})}};
    if (sometimes(2))
        changes.emplace_back("updated_on", object({{"old", "null"}, {"new", time_now()}}));
    return object(changes);
}

void cloud_repository::transfer()
{
    int const before = owner_;
    owner_ = 1 - owner_;
    if (has_times_ && sometimes(4))
        return;  // its delivery is lost; the times tell the next one from the last
    say("repo:transfer", {{"previous_owner", user(100 + before)}}, {"repository.transferred repository"},
        {"repository"});
}

void cloud_repository::fork()
{
    auto const fork =
        object({{"uuid", quote("{fork-" + std::to_string(number_) + "-" + std::to_string(next_id()) + "}")},
                {"full_name", quote("jo/fork")}});
    say("repo:fork", {{"fork", fork}}, {"repository.forked repository"});
}

void cloud_repository::report_status()
{
    std::string const key = "build" + std::to_string(pick(3));
    std::string const hash = hash_of(1 + pick(3));
    bool const first = sometimes(2);
    char const* const states[] = {"INPROGRESS", "SUCCESSFUL", "FAILED", "STOPPED"};
    auto const status = object({{"key", quote(key)},
                                {"state", quote(states[pick(4)])},
                                {"commit", object({{"hash", quote(hash)}})},
                                {"created_on", time_now()},
                                {"updated_on", time_now()}});
    say(first ? "repo:commit_status_created" : "repo:commit_status_updated", {{"commit_status", status}},
        {"buildstatus.reported commits/" + hash + "/statuses/" + key});
}

void cloud_repository::finish_pipeline()
{
    std::string const id = "p" + std::to_string(pick(3));
    auto const attribute = [](std::string_view name, std::string_view kind, std::string value) {
        return object({{"key", quote(name)}, {"value", object({{kind, std::move(value)}})}});
    };
    auto const nanoseconds = quote(std::to_string(now() * 1000));
    auto const shared = attribute("pipeline.repository.uuid", "stringValue", uuid("repository", number_));
    auto const run = object({{"name", quote("bbc.pipeline_run")},
                             {"endTimeUnixNano", nanoseconds},
                             {"attributes", list({attribute("pipeline.uuid", "stringValue", quote(id)), shared})}});
    auto const step = object({{"name", quote("bbc.step")},
                              {"endTimeUnixNano", nanoseconds},
                              {"attributes", list({attribute("step.uuid", "stringValue", quote(id + "s")), shared})}});
    auto const spans = object({{"scopeSpans", list({object({{"spans", list({step, run})}})})}});
    say("pipeline:span_created", {{"resourceSpans", list({spans})}},
        {"taskrun.finished taskruns/" + id + "s", "pipelinerun.finished pipelineruns/" + id});
}

void cloud_repository::happen_to_issue()
{
    if (issues_ == 0 || sometimes(3)) {
        ++issues_;
        auto const issue = object({{"id", std::to_string(issues_)}, {"created_on", time_now()}});
        say("issue:created", {{"issue", issue}}, {"issue.created issues/" + std::to_string(issues_)});
        return;
    }
    std::string const id = std::to_string(1 + pick(issues_));
    members body = {{"issue", object({{"id", id}, {"updated_on", time_now()}})}};
    if (sometimes(2)) {
        body.emplace_back("changes", object({{"title", object({{"old", quote("a")}, {"new", quote("b")}})}}));
        say("issue:updated", body, {"issue.updated issues/" + id});
        return;
    }
    std::string const comment = std::to_string(next_id());
    body.emplace_back("comment", object({{"id", comment}, {"created_on", time_now()}}));
    say("issue:comment_created", body, {"issue.comment_created issues/" + id + "/comments/" + comment});
}

void cloud_repository::tell_what_nobody_knows()
{
    if (sometimes(2)) {
        std::string const comment = std::to_string(next_id());
        std::string const hash = hash_of(1);
        say("repo:commit_comment_created",
            {{"comment", object({{"id", comment}, {"created_on", time_now()}})},
             {"commit", object({{"hash", quote(hash)}})}},
            {"commit.comment_created commits/" + hash + "/comments/" + comment});
        return;
    }
    auto& what = say("repo:something_new", {{"at", time_now()}}, {});
    what.kinds = {"unknown.received deliveries/" + what.of.id};
}

}  // namespace bbstream::test
