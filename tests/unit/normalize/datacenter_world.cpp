#include "datacenter_repository.hpp"

#include <map>

namespace bbstream::test {

namespace {

class datacenter_world : public datacenter_repository {
   public:
    datacenter_world(int number, generator& random) : datacenter_repository(number, random) {}

   private:
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

    static constexpr std::string_view target_refs[] = {"refs/heads/b0", "refs/heads/b2"};

    void take_step() override
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

    static std::string subject(pull_request const& of) { return pull_request_subject(of.id); }
    static std::string key(pull_request const& of, std::string_view what) { return pull_request_machine(what, of.id); }

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
        of.source = pick_hash();
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
        int const before = std::exchange(of.source, pick_hash());
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

    std::vector<pull_request> pull_requests_;
};

}  // namespace

history make_datacenter_world(int number, kind_of_world kind, generator& random)
{
    return datacenter_world(number, random).run(kind);
}

}  // namespace bbstream::test
