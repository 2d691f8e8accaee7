// A repository of Cloud as webhooks and REST tell of it, folded record by record.
#pragma once

#include "normalize/reconcile_view.hpp"
#include "support/folding.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace bbstream::test {

using strings = std::vector<std::string>;

inline constexpr micros second = 1'000'000;
inline constexpr int grace = 30;

inline std::string hash(char name)
{
    return std::string(40, name);
}

inline strings hashes(std::vector<normalize::ref_hash> const& of)
{
    strings all;
    for (auto const& each : of)
        all.push_back(each.hash);
    return all;
}

// What is said of these commits, each by its letter.
inline strings added(std::string const& commits)
{
    strings kinds;
    for (char const each : commits)
        kinds.push_back("commit.added commits/" + hash(each));
    return kinds;
}

// A repository of Cloud and its records, one after the other, half a minute apart.
struct observed_world {
    folder in;
    std::string meta, body;
    micros now = start_time;
    bool fresh = false;
    bool polled = true;  // what the records of webhooks say
    bool typed = true;   // refs say of themselves what they are
    bool apart = false;  // the pages of a walk are those of a listing of branches, and of one of tags

    // Of the last record's events.
    strings ids, values;
    strings runs;  // "started refs/heads/main chain", "finished refs/heads/main filled 3 0"
    std::set<std::string> all_ids;
    std::string request;         // of the next listing: the event of the change that it is for
    bool cut = false;            // the next listing ends before its end
    std::string told;            // these of its commits lie behind what is told
    int most = 0;                // it ends behind so many
    bool older = false;          // the next listing is one of older commits
    std::string default_branch;  // as a walk shows it

    std::uint64_t asof() const { return in.next - 1; }

    // "ab" moves the ref from a to b; `listed`: its commits, newest first; - for no list.
    strings push(std::string const& what, std::string const& ref = "main", std::string const& listed = "",
                 bool truncated = false)
    {
        auto const side = [&](char name) {
            return name == '0'
                       ? std::string("null")
                       : R"({"type":"branch","name":")" + ref + R"(","target":{"hash":")" + hash(name) + R"("}})";
        };
        meta.clear();
        body = R"({"push":{"changes":[{"old":)" + side(what[0]) + R"(,"new":)" + side(what[1]) +
               (truncated ? R"(,"truncated":true)" : R"(,"truncated":false)") +
               (listed == "-" ? std::string() : R"(,"commits":[)" + commits(listed) + "]") +
               R"(}]},"repository":{"uuid":"{r1}"}})";
        return apply("repo:push", journal::origin::webhook);
    }

    // "main=a feature=b tags/v1=c": all branches on one page, and all tags on the next one.
    strings walk(std::string const& all, std::uint64_t asof_is)
    {
        auto const first_tag = std::min(all.find("tags/"), all.size());
        auto kinds = see(all.substr(0, first_tag), asof_is, 0, "/more");
        auto const begun = runs;
        auto const more = see(all.substr(first_tag), asof_is, 1, "");
        kinds.insert(kinds.end(), more.begin(), more.end());
        runs.insert(runs.begin(), begun.begin(), begun.end());
        return kinds;
    }
    strings walk(std::string const& all) { return walk(all, asof()); }
    // One page of a walk.
    strings see(std::string const& shown, std::uint64_t asof_is, int page, std::string const& next)
    {
        begin_meta(asof_is, page, next);
        body = R"({"values":[)" + refs(shown) + "]}";
        return apply(!apart ? "rest:refs" : page == 0 ? "rest:branches" : "rest:tags", journal::origin::poll);
    }

    strings look_up(std::string const& ref, char stands)
    {
        begin_meta(asof(), 0, "",
                   R"(,"ref":"refs/)" + (ref.starts_with("tags/") ? "" : std::string("heads/")) + ref +
                       R"(","found":)" + (stands == '0' ? "false" : "true"));
        body = stands == '0' ? R"({"type":"error"})" : refs(ref + "=" + stands);
        return apply("rest:ref", journal::origin::poll);
    }

    // A page of commits, newest first, each with the next one as its parent unless "x>yz" says otherwise.
    strings list(std::string const& commits_of, std::string const& heads, std::string const& next = "", int page = 0)
    {
        std::string from;
        for (std::size_t at = 0; at < heads.size(); at += 4)  // "m=a,x=b"
            from += (from.empty() ? "" : ",") +
                    (R"({"ref":"refs/heads/)" + heads.substr(at, 1) + R"(","hash":")" + hash(heads[at + 2]) + R"("})");
        begin_meta(asof(), page, next,
                   R"(,"heads":[)" + from + "]" + (request.empty() ? "" : R"(,"request":")" + request + "\"") +
                       (cut ? R"(,"cut":true)" : "") + told_hashes() +
                       (most > 0 ? R"(,"most":)" + std::to_string(most) + R"(,"loss":false)" : ""));
        body = R"({"values":[)" + commits(commits_of) + "]}";
        return apply(older ? "rest:oldercommits" : "rest:commits", journal::origin::backfill);
    }

    // Why the request could not be filled.
    strings fail(std::string const& outcome)
    {
        begin_meta(asof(), 0, "", R"(,"request":")" + request + R"(","outcome":")" + outcome + "\"");
        body = "{}";
        return apply("rest:request", journal::origin::enrichment);
    }

    // Older commits are asked for, from then on.
    strings ask_for_older(std::int64_t since)
    {
        begin_meta(asof(), 0, "", R"(,"since":)" + std::to_string(since));
        body = "{}";
        return apply("rest:history", journal::origin::backfill);
    }

    strings end_older(std::string const& outcome)
    {
        begin_meta(asof(), 0, "", R"(,"outcome":")" + outcome + "\"");
        body = "{}";
        return apply("rest:history", journal::origin::backfill);
    }

    normalize::reconcile_view view() { return normalize::view_reconciliation(*in.state, "cloud", "r1"); }
    // What the listing leaves out that fills the first of what is missing.
    strings left_out()
    {
        auto const seen = view();
        return hashes(normalize::left_out(seen.missing.at(0), seen));
    }

   private:
    strings apply(std::string const& key, journal::origin origin)
    {
        auto const events = in.apply(
            {.body = body, .event_key = key, .received = now, .origin = origin, .meta = meta, .polled = polled});
        values = encode_all(events);
        strings kinds;
        ids.clear();
        runs.clear();
        for (auto const& each : events) {
            if (auto run = text_of_run(each); !run.empty())
                runs.push_back(run);
            else
                kinds.push_back(type_name(each.type) + " " + std::string(each.subject));
            ids.push_back(id_text(each));
            all_ids.insert(ids.back());
        }
        now += grace * second;
        return kinds;
    }

    static std::string text_of_run(event::event const& of)
    {
        if (auto const* began = std::get_if<event::backfill_started>(&of.data))
            return "started " + std::string(began->scope) + " " + std::string(began->reason);
        if (auto const* ended = std::get_if<event::backfill_finished>(&of.data))
            return "finished " + std::string(ended->scope) + " " + std::string(ended->outcome) + " " +
                   std::to_string(ended->found) + " " + std::to_string(ended->unfillable);
        return {};
    }

    void begin_meta(std::uint64_t asof_is, int page, std::string const& next, std::string const& more = "")
    {
        meta = R"({"repository":{"uuid":"{r1}","full_name":"acme/one"},"asof":)" + std::to_string(asof_is) +
               R"(,"page":)" + std::to_string(page) + R"(,"grace":)" + std::to_string(grace) +
               (fresh ? R"(,"fresh":true)" : "") + (next.empty() ? "" : R"(,"next":")" + next + "\"") + more + "}";
    }

    std::string told_hashes() const
    {
        std::string all;
        for (char const each : told)
            all += (all.empty() ? "\"" : ",\"") + hash(each) + "\"";
        return all.empty() ? all : R"(,"told":[)" + all + "]";
    }

    std::string refs(std::string const& text) const
    {
        std::string all;
        for (std::size_t at = 0; at < text.size();) {
            std::size_t const equals = text.find('=', at);
            auto name = text.substr(at, equals - at);
            bool const is_tag = name.starts_with("tags/");
            name.erase(0, is_tag ? 5 : 0);
            all += (all.empty() ? "" : ",") + ((!typed   ? R"({"name":")"
                                                : is_tag ? R"({"type":"tag","name":")"
                                                         : R"({"type":"branch","name":")") +
                                               name + R"(","target":{"hash":")" + hash(text[equals + 1]) + R"("})" +
                                               (name == default_branch ? R"(,"isDefault":true})" : "}"));
            at = equals + 3;
        }
        return all;
    }

    // "cba": each has the next one as its parent, the last one none. "c(ba)b": c has both.
    static std::string commits(std::string const& text)
    {
        std::string all;
        for (std::size_t at = 0; at < text.size(); ++at) {
            char const name = text[at];
            std::string parents;
            if (at + 1 < text.size() && text[at + 1] == '(')
                for (at += 2; text[at] != ')'; ++at)
                    parents += (parents.empty() ? "" : ",") + (R"({"hash":")" + hash(text[at]) + R"("})");
            else if (at + 1 < text.size())
                parents = R"({"hash":")" + hash(text[at + 1]) + R"("})";
            all += (all.empty() ? "" : ",") + (R"({"hash":")" + hash(name) +
                                               R"(","date":"2026-01-01T00:00:00+00:00","parents":[)" + parents + "]}");
        }
        return all;
    }
};

}  // namespace bbstream::test
