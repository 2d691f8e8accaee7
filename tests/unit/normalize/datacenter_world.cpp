#include "world.hpp"

#include <map>

namespace bbstream::test {

namespace {

struct thread {
    int id = 0;
    int version = 0;
    int text = 0;
    bool resolved = false;
    bool deleted = false;
};

struct pull_request {
    int id = 0;
    std::string state = "OPEN";
    bool reopened_unseen = false;  // Data Center tells it by no event of its own
    bool deleted = false;
    int title = 0;
    int source = 1;
    int target_ref = 0;
    int version = 0;
    std::map<int, std::string> verdicts;
    std::vector<thread> threads;
    micros created = 0;
    micros updated = 0;
    micros closed = 0;
};

class datacenter_world : world {
   public:
    datacenter_world(int number, generator& random) : world(number, random), iso_(sometimes(2)) {}

    history run(int steps)
    {
        push();
        for (int step = 0; step < steps; ++step) {
            wait();
            take_step();
        }
        return std::move(told_);
    }

    history run_project(int steps)
    {
        for (int step = 0; step < steps; ++step) {
            wait();
            auto const before = project();
            name_ = 1 - name_;
            say(sometimes(2) ? "project:modified" : "proj:modified", {{"old", before}, {"new", project()}},
                {"project.updated project"}, {"project"});
        }
        return std::move(told_);
    }

   private:
    static constexpr int hashes = 5;
    static constexpr std::string_view target_refs[] = {"refs/heads/b0", "refs/heads/b2"};

    void take_step()
    {
        switch (pick(12)) {
            case 0:
            case 1:
            case 2:
                return push();
            case 3:
                return open_pull_request();
            case 4:
                return synchronize_mirror();
            case 5:
                return sometimes(3) ? fork() : modify_repository();
            case 6:
                return sometimes(2) ? detect_secret() : comment_on_commit();
            case 7:
                return tell_what_nobody_knows();
            default:
                return happen_to_pull_request();
        }
    }

    // Old versions have milliseconds since 1970, new ones ISO 8601.
    std::string time(micros at) const
    {
        if (!iso_)
            return std::to_string(at / 1000);
        std::string text;
        append_rfc3339(text, at / 1000 * 1000);
        return quote(text.substr(0, 23) + "Z");
    }
    static std::string user(int number)
    {
        return object({{"id", std::to_string(100 + number)},
                       {"name", quote("jo" + std::to_string(number))},
                       {"type", quote("NORMAL")}});
    }
    std::string repository_as(int name, int project) const
    {
        auto const owner =
            object({{"id", std::to_string(50 + project)}, {"key", quote("P" + std::to_string(project))}});
        return object({{"id", std::to_string(number_)},
                       {"slug", quote("r" + std::to_string(name))},
                       {"name", quote("R" + std::to_string(name))},
                       {"project", owner}});
    }
    std::string project() const
    {
        return object(
            {{"id", std::to_string(number_)}, {"key", quote("PAY")}, {"name", quote("P" + std::to_string(name_))}});
    }
    std::string repository() const { return repository_as(name_, project_); }

    // The date of a delivery has no fraction of a second.
    told& say(std::string_view key, members body, texts const& kinds, texts machines = {})
    {
        std::string date;
        append_rfc3339(date, now());
        body.emplace_back("date", quote(date.substr(0, 19) + "+0000"));
        body.emplace_back("eventKey", quote(key));
        body.emplace_back("actor", user(0));
        return tell(product::datacenter, key, body, kinds, std::move(machines));
    }
    told& say_here(std::string_view key, members body, texts const& kinds, texts machines = {})
    {
        body.emplace_back("repository", repository());
        return say(key, std::move(body), kinds, std::move(machines));
    }

    struct moved_ref {
        std::string change;
        std::string name;
        int before = 0;
        int after = 0;
    };

    // Empty where it stays.
    moved_ref move_ref(int ref, int& head)
    {
        moved_ref moved;
        moved.before = head;
        moved.after = pick(hashes);
        if (moved.after == head)
            return {};
        head = moved.after;
        bool const tag = ref == 3;
        std::string const name = (tag ? "t" : "b") + std::to_string(ref);
        moved.name = (tag ? "refs/tags/" : "refs/heads/") + name;
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

    // The commits are listed only where one ref was pushed.
    void push()
    {
        texts changes;
        texts kinds;
        texts machines;
        moved_ref last;
        for (int ref = pick(4); ref < 4 && (changes.empty() || sometimes(4)); ++ref) {
            auto const moved = move_ref(ref, heads_[ref]);
            if (moved.name.empty())
                continue;
            last = moved;
            changes.push_back(moved.change);
            kinds.push_back((moved.before == 0  ? "ref.created "
                             : moved.after == 0 ? "ref.deleted "
                                                : "ref.updated ") +
                            moved.name);
            machines.push_back(moved.name);
        }
        if (changes.empty())
            return;
        members body = {{"changes", list(changes)}};
        if (changes.size() == 1 && last.after != 0) {
            body.emplace_back(
                "commits", list({object({{"id", quote(hash_of(last.after))}, {"committerTimestamp", time(now())}})}));
            if (last.name.starts_with("refs/heads/") && is_new_commit(last.after))
                kinds.push_back("commit.added commits/" + hash_of(last.after));
        }
        say_here("repo:refs_changed", body, kinds, machines);
    }

    void synchronize_mirror()
    {
        int const ref = pick(4);
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

    void modify_repository()
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

    void fork()
    {
        auto const fork = object(
            {{"id", std::to_string(1000 * number_ + next_id())}, {"slug", quote("fork")}, {"origin", repository()}});
        say("repo:forked", {{"repository", fork}}, {"repository.forked repository"});
    }

    void detect_secret()
    {
        auto const place = object({{"commitId", quote(hash_of(1))},
                                   {"path", quote("p" + std::to_string(next_id()))},
                                   {"ruleName", quote("aws")},
                                   {"line", "7"}});
        say_here("repo:secret_detected", {{"secretLocations", list({place})}},
                 {"secret.detected secrets/" + hash_of(1)});
    }

    void tell_what_nobody_knows()
    {
        auto& what = say_here("repo:something_new", {{"at", time(now())}}, {});
        what.kinds = {"unknown.received deliveries/" + what.of.id};
    }

    std::string described(thread const& of) const
    {
        return object({{"id", std::to_string(of.id)},
                       {"version", std::to_string(of.version)},
                       {"text", quote("text " + std::to_string(of.text))},
                       {"threadResolved", of.resolved ? "true" : "false"},
                       {"createdDate", time(start_time)},
                       {"updatedDate", time(now())}});
    }

    void comment_on_commit()
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

    static std::string subject(pull_request const& of) { return " pullrequests/" + std::to_string(of.id); }
    static std::string key(pull_request const& of, std::string const& what)
    {
        return what + "/" + std::to_string(of.id);
    }

    std::string entity(pull_request const& of) const
    {
        auto const side = [&](std::string_view ref, int hash) {
            return object({{"id", quote(ref)}, {"latestCommit", quote(hash_of(hash))}, {"repository", repository()}});
        };
        members what = {{"id", std::to_string(of.id)},
                        {"version", std::to_string(of.version)},
                        {"title", quote("title " + std::to_string(of.title))},
                        {"state", quote(of.state)},
                        {"fromRef", side("refs/heads/b1", of.source)},
                        {"toRef", side(target_refs[of.target_ref], 1)},
                        {"createdDate", time(of.created)},
                        {"updatedDate", time(of.updated)}};
        if (of.closed != 0)
            what.emplace_back("closedDate", time(of.closed));
        return object(what);
    }

    // The first delivery that shows an open pull request again tells so first.
    told& say_of(pull_request& of, std::string_view key, members body, texts kinds, texts machines = {})
    {
        if (of.reopened_unseen && of.state == "OPEN") {
            kinds.insert(kinds.begin(), "pullrequest.reopened" + subject(of));
            of.reopened_unseen = false;
        }
        body.emplace_back("pullRequest", entity(of));
        return say(key, std::move(body), kinds, std::move(machines));
    }

    void open_pull_request()
    {
        pull_request of;
        of.id = static_cast<int>(pull_requests_.size()) + 1;
        of.source = 1 + pick(hashes - 1);
        of.created = of.updated = now();
        say_of(of, "pr:opened", {}, {"pullrequest.opened" + subject(of)});
        pull_requests_.push_back(of);
    }

    void happen_to_pull_request()
    {
        if (pull_requests_.empty())
            return;
        auto& of = pick_of(pull_requests_);
        if (of.deleted)
            return;
        if (of.state == "OPEN")
            return happen_to_open(of);
        if (of.state == "DECLINED" && sometimes(2))
            return reopen(of);
        if (sometimes(8)) {
            of.deleted = true;
            say_of(of, "pr:deleted", {}, {"pullrequest.deleted" + subject(of)});
            return;
        }
        happen_to_thread(of);
    }

    void happen_to_open(pull_request& of)
    {
        switch (pick(8)) {
            case 0:
                return modify(of);
            case 1:
                return change_reviewers(of);
            case 2:
                return push_source(of);
            case 3:
            case 4:
                return review(of);
            case 5:
                return sometimes(2) ? close(of) : review(of);
            default:
                return happen_to_thread(of);
        }
    }

    void touch(pull_request& of)
    {
        ++of.version;
        of.updated = now();
    }

    void modify(pull_request& of)
    {
        touch(of);
        texts kinds;
        auto const previous_target =
            object({{"id", quote(target_refs[of.target_ref])}, {"latestCommit", quote(hash_of(1))}});
        members body = {{"previousTitle", quote("title " + std::to_string(of.title))},
                        {"previousDescription", "null"},
                        {"previousTarget", previous_target}};
        if (sometimes(2)) {
            of.target_ref = 1 - of.target_ref;
            kinds.push_back("pullrequest.target_updated" + subject(of));
        }
        int const title = pick(3);
        if (title != of.title || kinds.empty())
            kinds.push_back("pullrequest.updated" + subject(of));
        of.title = title;
        say_of(of, "pr:modified", body, kinds, {key(of, "target")});
        if (sometimes(3))  // one edit, two deliveries
            say_reviewers(of);
    }

    void change_reviewers(pull_request& of)
    {
        touch(of);
        say_reviewers(of);
    }

    void say_reviewers(pull_request& of)
    {
        say_of(of, "pr:reviewer:updated", {{"addedReviewers", list({user(pick(3))})}, {"removedReviewers", "[]"}},
               {"pullrequest.reviewers_updated" + subject(of)});
    }

    void push_source(pull_request& of)
    {
        int const before = std::exchange(of.source, 1 + pick(hashes - 1));
        if (before == of.source)
            return;
        touch(of);
        say_of(of, "pr:from_ref_updated", {{"previousFromHash", quote(hash_of(before))}},
               {"pullrequest.source_updated" + subject(of)}, {key(of, "source")});
    }

    // Verdicts change neither version nor time of the pull request.
    void review(pull_request& of)
    {
        int const who = pick(3);
        auto& verdict = of.verdicts.try_emplace(who, "UNAPPROVED").first->second;
        std::string const before = verdict;
        char const* const all[] = {"UNAPPROVED", "APPROVED", "NEEDS_WORK"};
        verdict = all[pick(3)];
        if (verdict == before)
            return;
        std::string_view const key = verdict == "APPROVED"     ? "pr:reviewer:approved"
                                     : verdict == "UNAPPROVED" ? "pr:reviewer:unapproved"
                                     : sometimes(2)            ? "pr:reviewer:changes_requested"
                                                               : "pr:reviewer:needs_work";
        auto const participant = object({{"user", user(who)}, {"status", quote(verdict)}});
        say_of(of, key, {{"participant", participant}, {"previousStatus", quote(before)}},
               {"pullrequest.reviewed" + subject(of)}, {this->key(of, "verdict") + "/" + std::to_string(who)});
    }

    void close(pull_request& of)
    {
        touch(of);
        of.closed = now();
        of.reopened_unseen = false;
        if (sometimes(2)) {
            of.state = "DECLINED";
            say_of(of, "pr:declined", {}, {"pullrequest.declined" + subject(of)});
        } else {
            of.state = "MERGED";
            say_of(of, "pr:merged", {}, {"pullrequest.merged" + subject(of)});
        }
    }

    void reopen(pull_request& of)
    {
        touch(of);
        of.state = "OPEN";
        of.closed = 0;
        of.reopened_unseen = true;
    }

    void happen_to_thread(pull_request& of)
    {
        if (of.threads.empty() || sometimes(4)) {
            auto& made = of.threads.emplace_back();
            made.id = next_id();
            say_thread(of, made, "added", {}, {"created"});
            return;
        }
        auto& what = pick_of(of.threads);
        if (what.deleted)
            return;
        if (sometimes(6)) {
            what.deleted = true;
            say_thread(of, what, "deleted", {}, {"deleted"});
        } else {
            edit(of, what);
        }
    }

    void edit(pull_request& of, thread& what)
    {
        ++what.version;
        auto const before = quote("text " + std::to_string(what.text));
        texts verbs;
        if (sometimes(2)) {
            ++what.text;
            verbs.push_back("updated");
        }
        if (verbs.empty() || sometimes(2)) {
            what.resolved = !what.resolved;
            verbs.push_back(what.resolved ? "resolved" : "reopened");
        }
        say_thread(of, what, "edited", {{"previousComment", before}}, verbs);
    }

    void say_thread(pull_request& of, thread const& what, std::string const& verb, members body, texts const& verbs)
    {
        texts kinds;
        for (auto const& each : verbs)
            kinds.push_back("pullrequest.comment_" + each + subject(of) + "/comments/" + std::to_string(what.id));
        body.emplace_back("comment", described(what));
        say_of(of, "pr:comment:" + verb, std::move(body), kinds, {key(of, "thread") + "/" + std::to_string(what.id)});
    }

    bool const iso_;
    int name_ = 0;
    int project_ = 0;
    std::map<int, int> heads_;
    std::map<std::pair<int, int>, int> mirrored_;
    std::vector<thread> on_commits_;
    std::vector<pull_request> pull_requests_;
};

}  // namespace

history make_datacenter_world(int number, kind_of_world kind, generator& random)
{
    datacenter_world made(number, random);
    return kind == kind_of_world::project ? made.run_project(20) : made.run(60);
}

}  // namespace bbstream::test
