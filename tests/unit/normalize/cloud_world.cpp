#include "cloud_repository.hpp"

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

class cloud_world : public cloud_repository {
   public:
    cloud_world(int number, generator& random) : cloud_repository(number, random) {}

   private:
    void take_step() override
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

    static std::string subject(cloud_pull_request const& of) { return pull_request_subject(of.id); }
    static std::string key(cloud_pull_request const& of, std::string_view what)
    {
        return pull_request_machine(what, of.id);
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
        of.source = pick_hash();
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
        if (sometimes(4) && change(of.source, pick_hash()))
            kinds.push_back("pullrequest.source_updated" + subject(of));
        if (sometimes(4) && change(of.target, pick_hash()))
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
        if (!change(of.source, pick_hash()))
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
        if (!comment.resolved && sometimes(4))
            return;  // its delivery is lost; the next resolution has a time of its own
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

    std::vector<cloud_pull_request> pull_requests_;
    std::map<std::pair<int, int>, bool> reviewed_;
};

}  // namespace

history make_cloud_world(int number, kind_of_world kind, generator& random)
{
    return cloud_world(number, random).run(kind);
}

}  // namespace bbstream::test
