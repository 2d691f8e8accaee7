#include "world.hpp"

#include <map>

namespace bbstream::test {

namespace {

struct cloud_comment {
    int id = 0;
    bool resolved = false;
    bool deleted = false;
};

struct cloud_pull_request {
    int id = 0;
    bool open = true;
    int title = 0;
    int description = 0;
    bool draft = false;
    int source = 1;
    int target = 1;
    int reviewers = 0;  // bits
    std::map<int, std::string> verdicts;
    std::vector<cloud_comment> comments;
    micros created = 0;
    micros updated = 0;
};

class cloud_world : world {
   public:
    cloud_world(int number, generator& random) : world(number, random), has_times_(sometimes(2)) {}

    history run(int steps)
    {
        create_repository();
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
            auto const project = object({{"uuid", uuid("project", number_)}, {"key", quote("PAY")}});
            tell(product::cloud, "project:updated", {{"project", project}, {"changes", rename()}},
                 {"project.updated project"}, {"project"});
        }
        return std::move(told_);
    }

   private:
    static constexpr int hashes = 5;

    void take_step()
    {
        switch (pick(14)) {
            case 0:
            case 1:
            case 2:
            case 3:
                return push();
            case 4:
                return open_pull_request();
            case 5:
                return report_status();
            case 6:
                return finish_pipeline();
            case 7:
                return happen_to_issue();
            case 8:
                return happen_to_repository();
            case 9:
                return tell_what_nobody_knows();
            default:
                return happen_to_pull_request();
        }
    }

    static std::string time(micros at)
    {
        std::string text;
        append_rfc3339(text, at);
        return quote(text);
    }
    std::string time_now() const { return time(now()); }
    static std::string uuid(std::string_view kind, int number)
    {
        return quote("{" + std::string(kind) + std::to_string(number) + "}");
    }
    static std::string user(int number)
    {
        return object({{"type", quote("user")}, {"uuid", uuid("user", number)}, {"display_name", quote("Jo")}});
    }
    std::string repository() const
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

    told& say(std::string_view key, members body, texts const& kinds, texts machines = {})
    {
        body.emplace_back("actor", user(0));
        if (key != "pipeline:span_created")
            body.emplace_back("repository", repository());
        return tell(product::cloud, key, body, kinds, std::move(machines));
    }

    void create_repository() { say("repo:created", {}, {"repository.created repository"}); }

    // Refs go over few hashes, so that changes repeat.
    void push()
    {
        texts changes;
        texts kinds;
        texts machines;
        for (int ref = pick(4); ref < 4 && (changes.empty() || sometimes(4)); ++ref)
            move_ref(ref, changes, kinds, machines);
        if (!changes.empty())
            say("repo:push", {{"push", object({{"changes", list(changes)}})}}, kinds, machines);
    }

    void move_ref(int ref, texts& changes, texts& kinds, texts& machines)
    {
        bool const tag = ref == 3;
        std::string const name = (tag ? "t" : "b") + std::to_string(ref);
        std::string const full = (tag ? "refs/tags/" : "refs/heads/") + name;
        int& head = heads_[ref];
        int const next = pick(hashes);
        if (next == head)
            return;
        auto const side = [&](int hash) {
            return hash == 0 ? std::string("null")
                             : object({{"type", quote(tag ? "tag" : "branch")},
                                       {"name", quote(name)},
                                       {"target", object({{"hash", quote(hash_of(hash))}})}});
        };
        members change = {{"old", side(head)}, {"new", side(next)}, {"truncated", "false"}};
        if (!tag && next != 0)
            change.emplace_back("commits", list({object({{"hash", quote(hash_of(next))}, {"date", time_now()}})}));
        changes.push_back(object(change));
        kinds.push_back((head == 0 ? "ref.created " : next == 0 ? "ref.deleted " : "ref.updated ") + full);
        if (!tag && next != 0 && is_new_commit(next))
            kinds.push_back("commit.added commits/" + hash_of(next));
        machines.push_back(full);
        head = next;
    }

    void happen_to_repository()
    {
        if (sometimes(4))
            return fork();
        if (sometimes(3))
            return transfer();
        say("repo:updated", {{"changes", rename()}}, {"repository.updated repository"}, {"repository"});
    }

    // Some of them say when.
    std::string rename()
    {
        int const before = name_;
        name_ = 1 - name_;
        members changes = {{"name", object({{"old", quote("r" + std::to_string(before))},
                                            {"new", quote("r" + std::to_string(name_))}})}};
        if (sometimes(2))
            changes.emplace_back("updated_on", object({{"old", "null"}, {"new", time_now()}}));
        return object(changes);
    }

    void transfer()
    {
        int const before = owner_;
        owner_ = 1 - owner_;
        say("repo:transfer", {{"previous_owner", user(100 + before)}}, {"repository.transferred repository"},
            {"repository"});
    }

    void fork()
    {
        auto const fork =
            object({{"uuid", quote("{fork-" + std::to_string(number_) + "-" + std::to_string(next_id()) + "}")},
                    {"full_name", quote("jo/fork")}});
        say("repo:fork", {{"fork", fork}}, {"repository.forked repository"});
    }

    void report_status()
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

    // Some are run again under the same number, and end again.
    void finish_pipeline()
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
        auto const step =
            object({{"name", quote("bbc.step")},
                    {"endTimeUnixNano", nanoseconds},
                    {"attributes", list({attribute("step.uuid", "stringValue", quote(id + "s")), shared})}});
        auto const spans = object({{"scopeSpans", list({object({{"spans", list({step, run})}})})}});
        say("pipeline:span_created", {{"resourceSpans", list({spans})}},
            {"taskrun.finished taskruns/" + id + "s", "pipelinerun.finished pipelineruns/" + id});
    }

    void happen_to_issue()
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

    void tell_what_nobody_knows()
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

    static std::string subject(cloud_pull_request const& of) { return " pullrequests/" + std::to_string(of.id); }
    static std::string key(cloud_pull_request const& of, std::string_view what)
    {
        return std::string(what) + "/" + std::to_string(of.id);
    }

    std::string entity(cloud_pull_request const& of, std::string_view state) const
    {
        auto const side = [&](std::string_view branch, int hash) {
            return object({{"branch", object({{"name", quote(branch)}})},
                           {"commit", object({{"hash", quote(hash_of(hash).substr(0, 12))}})},
                           {"repository", repository()}});
        };
        texts reviewers;
        for (int each = 0; each < 3; ++each)
            if (of.reviewers >> each & 1)
                reviewers.push_back(user(each));
        return object({{"id", std::to_string(of.id)},
                       {"title", quote("title " + std::to_string(of.title))},
                       {"description", quote(std::string(of.description * 200, 'd'))},
                       {"draft", of.draft ? "true" : "false"},
                       {"state", quote(state)},
                       {"source", side("b1", of.source)},
                       {"destination", side("b0", of.target)},
                       {"reviewers", list(reviewers)},
                       {"created_on", time(of.created)},
                       {"updated_on", time(of.updated)}});
    }

    told& say_of(cloud_pull_request const& of, std::string_view key, members body, texts const& kinds,
                 texts machines = {}, std::string_view state = "OPEN")
    {
        body.emplace_back("pullrequest", entity(of, state));
        return say(key, std::move(body), kinds, std::move(machines));
    }

    void open_pull_request()
    {
        cloud_pull_request of;
        of.id = static_cast<int>(pull_requests_.size()) + 1;
        of.source = 1 + pick(hashes - 1);
        of.created = of.updated = now();
        say_of(of, "pullrequest:created", {}, {"pullrequest.opened" + subject(of)}, {key(of, "pull request")});
        pull_requests_.push_back(of);
    }

    void happen_to_pull_request()
    {
        if (pull_requests_.empty())
            return;
        auto& of = pick_of(pull_requests_);
        if (of.open)
            happen_to_open(of);
        else
            happen_to_thread(of);  // people go on talking
    }

    void happen_to_open(cloud_pull_request& of)
    {
        switch (pick(8)) {
            case 0:
            case 1:
                return update(of);
            case 2:
                return push_source(of);
            case 3:
            case 4:
                return review(of);
            case 5:
                return sometimes(4) ? close(of) : review(of);
            default:
                return happen_to_thread(of);
        }
    }

    // One delivery tells all that changed, or nothing of what did.
    void update(cloud_pull_request& of)
    {
        texts kinds;
        of.updated = now();
        if (sometimes(4) && change(of.source, 1 + pick(hashes - 1)))
            kinds.push_back("pullrequest.source_updated" + subject(of));
        if (sometimes(4) && change(of.target, 1 + pick(hashes - 1)))
            kinds.push_back("pullrequest.target_updated" + subject(of));
        if (sometimes(3) && change(of.reviewers, pick(8)))
            kinds.push_back("pullrequest.reviewers_updated" + subject(of));
        bool texts_differ = sometimes(3) && change(of.title, pick(3));
        texts_differ |= sometimes(3) && change(of.description, pick(4));
        texts_differ |= sometimes(3) && change(of.draft, !of.draft);
        if (texts_differ || kinds.empty())
            kinds.push_back("pullrequest.updated" + subject(of));
        say_of(of, "pullrequest:updated", {}, kinds, {key(of, "pull request")});
    }

    template <class T>
    static bool change(T& what, T to)
    {
        return std::exchange(what, to) != to;
    }

    void push_source(cloud_pull_request& of)
    {
        if (!change(of.source, 1 + pick(hashes - 1)))
            return;
        of.updated = now();
        say_of(of, "pullrequest:push", {}, {"pullrequest.source_updated" + subject(of)}, {key(of, "pull request")});
        if (sometimes(2))
            say_of(of, "pullrequest:updated", {}, {}, {key(of, "pull request")});  // it says nothing more
    }

    void review(cloud_pull_request& of)
    {
        int const who = pick(3);
        auto& verdict = of.verdicts.try_emplace(who, "none").first->second;
        std::string const before = verdict;
        verdict = before != "none" && !sometimes(3) ? "none" : sometimes(2) ? "approved" : "changes_requested";
        if (verdict == before)
            return;
        bool const approval = verdict == "approved" || (verdict == "none" && before == "approved");
        std::string_view const key = verdict == "approved"            ? "pullrequest:approved"
                                     : verdict == "changes_requested" ? "pullrequest:changes_request_created"
                                     : approval                       ? "pullrequest:unapproved"
                                                                      : "pullrequest:changes_request_removed";
        auto const what = object({{"user", user(who)}, {"date", time_now()}});
        auto& last = say_of(of, key, {{approval ? "approval" : "changes_request", what}},
                            {"pullrequest.reviewed" + subject(of)});
        last.holds = "\"verdict\":" + quote(verdict);
        if (reviewed_.contains({of.id, who}))
            last.holds += ",\"previousVerdict\":" + quote(before);
        reviewed_[{of.id, who}] = true;
    }

    void close(cloud_pull_request& of)
    {
        of.open = false;
        of.updated = now();
        if (sometimes(2))
            say_of(of, "pullrequest:fulfilled", {}, {"pullrequest.merged" + subject(of)}, {key(of, "pull request")},
                   "MERGED");
        else
            say_of(of, "pullrequest:rejected", {}, {"pullrequest.declined" + subject(of)}, {key(of, "pull request")},
                   "DECLINED");
    }

    void happen_to_thread(cloud_pull_request& of)
    {
        if (of.comments.empty() || sometimes(4)) {
            of.comments.push_back({next_id()});
            return say_comment(of, of.comments.back(), "created", {});
        }
        auto& comment = pick_of(of.comments);
        if (comment.deleted)
            return;
        if (sometimes(6)) {
            comment.deleted = true;
            return say_comment(of, comment, "deleted", {});
        }
        if (sometimes(3))
            return say_comment(of, comment, "updated", {});
        comment.resolved = !comment.resolved;
        say_comment(of, comment, comment.resolved ? "resolved" : "reopened",
                    {key(of, "thread") + "/" + std::to_string(comment.id)});
    }

    void say_comment(cloud_pull_request const& of, cloud_comment const& comment, std::string const& verb,
                     texts machines)
    {
        members what = {
            {"id", std::to_string(comment.id)}, {"created_on", time(of.created)}, {"updated_on", time_now()}};
        if (comment.resolved)
            what.emplace_back("resolution", object({{"user", user(1)}, {"created_on", time_now()}}));
        say_of(of, "pullrequest:comment_" + verb, {{"comment", object(what)}},
               {"pullrequest.comment_" + verb + subject(of) + "/comments/" + std::to_string(comment.id)},
               std::move(machines));
    }

    bool const has_times_;  // of the repository
    int name_ = 0;
    int owner_ = 0;
    int issues_ = 0;
    std::map<int, int> heads_;
    std::vector<cloud_pull_request> pull_requests_;
    std::map<std::pair<int, int>, bool> reviewed_;
};

}  // namespace

history make_cloud_world(int number, kind_of_world kind, generator& random)
{
    cloud_world made(number, random);
    return kind == kind_of_world::project ? made.run_project(20) : made.run(60);
}

}  // namespace bbstream::test
