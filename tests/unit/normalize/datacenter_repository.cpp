#include "datacenter_repository.hpp"

namespace bbstream::test {

void datacenter_repository::change_project()
{
    auto const before = project();
    name_ = 1 - name_;
    say(sometimes(2) ? "project:modified" : "proj:modified", {{"old", before}, {"new", project()}},
        {"project.updated project"}, {"project"});
}

std::string datacenter_repository::time(micros at) const
{
    if (!iso_)
        return std::to_string(at / 1000);
    std::string text;
    append_rfc3339(text, at / 1000 * 1000);
    return quote(text.substr(0, 23) + "Z");
}

std::string datacenter_repository::user(int number)
{
    return object({{"id", std::to_string(100 + number)},
                   {"name", quote("jo" + std::to_string(number))},
                   {"type", quote("NORMAL")}});
}

std::string datacenter_repository::repository_as(int name, int project) const
{
    auto const owner = object({{"id", std::to_string(50 + project)}, {"key", quote("P" + std::to_string(project))}});
    return object({{"id", std::to_string(number_)},
                   {"slug", quote("r" + std::to_string(name))},
                   {"name", quote("R" + std::to_string(name))},
                   {"project", owner}});
}

std::string datacenter_repository::project() const
{
    return object(
        {{"id", std::to_string(number_)}, {"key", quote("PAY")}, {"name", quote("P" + std::to_string(name_))}});
}

std::string datacenter_repository::repository() const
{
    return repository_as(name_, project_);
}

told& datacenter_repository::say(std::string_view key, members body, texts const& kinds, texts machines)
{
    std::string date;
    append_rfc3339(date, now());
    body.emplace_back("date", quote(date.substr(0, 19) + "+0000"));
    body.emplace_back("eventKey", quote(key));
    body.emplace_back("actor", user(0));
    return tell(product::datacenter, key, body, kinds, std::move(machines));
}

told& datacenter_repository::say_here(std::string_view key, members body, texts const& kinds, texts machines)
{
    body.emplace_back("repository", repository());
    return say(key, std::move(body), kinds, std::move(machines));
}

datacenter_repository::moved_ref datacenter_repository::move_ref(int ref, int& head)
{
    moved_ref moved;
    moved.before = head;
    moved.after = pick(hashes_of_world);
    if (moved.after == head)
        return {};
    head = moved.after;
    auto const [tag, name, full] = name_of_ref(ref);
    moved.name = full;
    auto const described =
        object({{"id", quote(moved.name)}, {"displayId", quote(name)}, {"type", quote(tag ? "TAG" : "BRANCH")}});
    moved.change = object({{"ref", described},
                           {"refId", quote(moved.name)},
                           {"fromHash", quote(hash_of(moved.before))},
                           {"toHash", quote(hash_of(moved.after))},
                           {"type", quote(moved.before == 0  ? "ADD"
                                          : moved.after == 0 ? "DELETE"
                                                             : "UPDATE")}});
    return moved;
}

void datacenter_repository::push()
{
    texts changes;
    texts kinds;
    texts machines;
    moved_ref last;
    for (int ref = pick(refs_of_world); ref < refs_of_world && (changes.empty() || sometimes(4)); ++ref) {
        auto const moved = move_ref(ref, heads_[ref]);
        if (moved.name.empty())
            continue;
        last = moved;
        changes.push_back(moved.change);
        kinds.push_back(kind_of_change(moved.before, moved.after) + ' ' + moved.name);
        machines.push_back(moved.name);
    }
    if (changes.empty())
        return;
    members body = {{"changes", list(changes)}};
    if (changes.size() == 1 && last.after != 0) {
        body.emplace_back("commits",
                          list({object({{"id", quote(hash_of(last.after))}, {"committerTimestamp", time(now())}})}));
        if (last.name.starts_with("refs/heads/") && is_new_commit(last.after))
            kinds.push_back("commit.added commits/" + hash_of(last.after));
    }
    say_here("repo:refs_changed", body, kinds, machines);
}

void datacenter_repository::synchronize_mirror()
{
    int const ref = pick(refs_of_world);
    int const mirror = pick(2);
    auto const moved = move_ref(ref, mirrored_[{mirror, ref}]);
    if (moved.name.empty())
        return;
    std::string const id = "m" + std::to_string(mirror);
    say_here("mirror:repo_synchronized",
             {{"mirrorServer", object({{"id", quote(id)}, {"name", quote("far")}})},
              {"syncType", quote("INCREMENTAL")},
              {"changes", list({moved.change})}},
             {"mirror.synchronized mirrors/" + id}, {id + "/" + moved.name});
}

void datacenter_repository::modify_repository()
{
    auto const before = repository();
    bool const moves = sometimes(3);
    if (moves)
        project_ = 1 - project_;
    if (!moves || sometimes(2))
        name_ = 1 - name_;
    say("repo:modified", {{"old", before}, {"new", repository()}},
        {moves ? "repository.transferred repository" : "repository.updated repository"}, {"repository"});
}

void datacenter_repository::fork()
{
    auto const fork =
        object({{"id", std::to_string(1000 * number_ + next_id())}, {"slug", quote("fork")}, {"origin", repository()}});
    say("repo:forked", {{"repository", fork}}, {"repository.forked repository"});
}

void datacenter_repository::detect_secret()
{
    auto const place = object({{"commitId", quote(hash_of(1))},
                               {"path", quote("p" + std::to_string(next_id()))},
                               {"ruleName", quote("aws")},
                               {"line", "7"}});
    say_here("repo:secret_detected", {{"secretLocations", list({place})}}, {"secret.detected secrets/" + hash_of(1)});
}

void datacenter_repository::tell_what_nobody_knows()
{
    auto& what = say_here("repo:something_new", {{"at", time(now())}}, {});
    what.kinds = {"unknown.received deliveries/" + what.of.id};
}

std::string datacenter_repository::described(thread const& of) const
{
    return object({{"id", std::to_string(of.id)},
                   {"version", std::to_string(of.version)},
                   {"text", quote("text " + std::to_string(of.text))},
                   {"threadResolved", of.resolved ? "true" : "false"},
                   {"createdDate", time(start_time)},
                   {"updatedDate", time(now())}});
}

void datacenter_repository::comment_on_commit()
{
    auto& of = sometimes(2) || on_commits_.empty() ? on_commits_.emplace_back() : pick_of(on_commits_);
    if (of.deleted)
        return;
    bool const is_new = of.id == 0;
    if (is_new)
        of.id = next_id();
    else
        ++of.version;
    of.deleted = !is_new && sometimes(3);
    std::string const verb = is_new ? "added" : of.deleted ? "deleted" : "edited";
    std::string const kind = is_new ? "created" : of.deleted ? "deleted" : "updated";
    say_here("repo:comment:" + verb, {{"comment", described(of)}, {"commit", quote(hash_of(1))}},
             {"commit.comment_" + kind + " commits/" + hash_of(1) + "/comments/" + std::to_string(of.id)});
}

}  // namespace bbstream::test
