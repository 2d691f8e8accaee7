// A repository whose pull requests are talked about, as webhooks and REST of either product tell of it.
#pragma once

#include "normalize/reconcile_view.hpp"
#include "support/folding.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace bbstream::test {

using strings = std::vector<std::string>;

inline constexpr micros second = 1'000'000;
inline constexpr int grace = 30;
inline constexpr int never = -1;

inline std::string time_of(int minute)
{
    return "2026-08-20T10:" + std::to_string(10 + minute) + ":00+00:00";
}

inline std::string millis_of(int minute)
{
    return std::to_string(1'787'220'000'000 + minute * 60'000);
}

// A comment, and its body of either product. Times are minutes.
struct remark {
    int id = 7;
    int made = 5;
    int edited = never;
    int version = 0;
    int resolved = never;
    bool deleted = false;
    bool draft = false;
    std::string text = "Why?";
    std::string replies = {};  // Data Center's, each whole

    std::string cloud() const
    {
        auto const updated = time_of(edited == never ? made : edited);
        return R"({"id":)" + std::to_string(id) + R"(,"content":{"raw":")" + (deleted ? "" : text) +
               R"("},"user":{"uuid":"{u1}"},"created_on":")" + time_of(made) + R"(","updated_on":")" + updated +
               R"(","deleted":)" + (deleted ? "true" : "false") + R"(,"pending":)" + (draft ? "true" : "false") +
               (resolved == never ? "" : R"(,"resolution":{"created_on":")" + time_of(resolved) + R"("})") + "}";
    }
    std::string datacenter() const
    {
        return R"({"id":)" + std::to_string(id) + R"(,"version":)" + std::to_string(version) + R"(,"text":")" + text +
               R"(","author":{"id":5,"name":"u1"},"createdDate":)" + millis_of(made) + R"(,"updatedDate":)" +
               millis_of(edited == never ? made : edited) + R"(,"state":")" + (draft ? "PENDING" : "OPEN") +
               R"(","threadResolved":)" +
               (resolved == never ? "false" : R"(true,"threadResolvedDate":)" + millis_of(resolved)) +
               R"(,"comments":[)" + replies + "]}";
    }
};

// A repository whose pull requests are looked at. Whatever is said updates those of Cloud, and is counted on those of
// Data Center.
struct talked_about {
    product platform = product::cloud;
    folder in;
    std::string meta, body;
    micros now = start_time;
    bool fresh = false;

    strings ids, values;  // of the last record's events

    bool is_cloud() const { return platform == product::cloud; }

    std::string pull_request(int id, int said, std::string const& state = "OPEN") const
    {
        if (is_cloud())
            return R"({"id":)" + std::to_string(id) + R"(,"title":"Add","state":")" + state + R"(","created_on":")" +
                   time_of(0) + R"(","updated_on":")" + time_of(said) + R"(","comment_count":0})";
        return R"({"id":)" + std::to_string(id) + R"(,"title":"Add","version":0,"state":")" + state +
               R"(","createdDate":)" + millis_of(0) + R"(,"updatedDate":)" + millis_of(0) +
               R"(,"toRef":{"id":"refs/heads/main","repository":{"id":1,"slug":"one","project":{"key":"P"}}})" +
               R"(,"properties":{"commentCount":)" + std::to_string(said) + "}}";
    }

    // A whole walk that shows one pull request for each, as after so much was said. `at`: the minute by Bitbucket's
    // own clock.
    strings walk(std::vector<int> const& said, std::string const& state = "OPEN", int at = never)
    {
        begin_meta(at == never ? "" : R"(,"date":)" + millis_of(at) + "000");
        body.clear();
        for (std::size_t at = 0; at < said.size(); ++at)
            body += (at ? "," : "") + pull_request(int(at) + 1, said[at], state);
        body = R"({"values":[)" + body + "]}";
        return apply("rest:pullrequests", journal::origin::poll);
    }
    // A whole listing of the comments on one, or a page of it.
    strings list(std::vector<remark> const& shown, std::string const& more = "", int page = 0, int id = 1)
    {
        begin_meta(R"(,"id":)" + std::to_string(id) + R"(,"found":true)" + more, page);
        body.clear();
        for (auto const& each : shown)
            if (is_cloud())
                body += (body.empty() ? "" : ",") + each.cloud();
            else if (!each.deleted)
                body +=
                    (body.empty() ? "" : ",") +
                    (R"({"id":1,"action":"COMMENTED","commentAction":"ADDED","comment":)" + each.datacenter() + "}");
        body = R"({"values":[)" + body + "]}";
        return apply("rest:comments", journal::origin::poll);
    }
    strings list_twice(std::vector<remark> const& shown)
    {
        BOOST_TEST(list(shown) == strings());
        return list(shown);
    }
    // Its own webhook: of either product, with what stands beside the comment.
    strings webhook(std::string const& cloud_key, std::string const& datacenter_key, remark const& of,
                    std::string const& more = "")
    {
        meta.clear();
        if (is_cloud())
            body = R"({"repository":{"uuid":"{r1}"},"pullrequest":)" + pull_request(1, 9) + R"(,"comment":)" +
                   of.cloud() + "}";
        else
            body = R"({"date":"2026-08-20T10:30:00+0000","pullRequest":)" + pull_request(1, 9) + R"(,"comment":)" +
                   of.datacenter() + more + "}";
        return apply(is_cloud() ? "pullrequest:" + cloud_key : "pr:" + datacenter_key, journal::origin::webhook);
    }
    strings add(remark const& of) { return webhook("comment_created", "comment:added", of); }
    strings remove(remark of)
    {
        of.deleted = true;
        return webhook("comment_deleted", "comment:deleted", of);
    }

    // "1" for each pull request whose comments are to be listed, "1?" where it has doubts.
    strings waiting()
    {
        strings found;
        auto const view = normalize::view_reconciliation(*in.state, "here", is_cloud() ? "r1" : "1");
        for (auto const& each : view.pull_requests.discussions)
            found.push_back(std::to_string(each.id) + (each.doubted ? "?" : ""));
        return found;
    }

   private:
    void begin_meta(std::string const& more, int page = 0)
    {
        meta = std::string(R"({"repository":)") +
               (is_cloud() ? R"({"uuid":"{r1}"})" : R"({"id":1,"slug":"one","project":{"key":"P"}})") + R"(,"asof":)" +
               std::to_string(in.next - 1) + R"(,"page":)" + std::to_string(page) + R"(,"grace":)" +
               std::to_string(grace) + (fresh ? R"(,"fresh":true)" : "") + more + "}";
    }

   public:
    strings apply(std::string const& key, journal::origin origin)
    {
        auto const events = in.apply({.body = body,
                                      .event_key = key,
                                      .platform = platform,
                                      .instance = "here",
                                      .received = now,
                                      .origin = origin,
                                      .meta = meta});
        values = encode_all(events);
        ids = ids_of(events);
        now += grace * second;
        return kinds_of(events);
    }
};

// At whose first sight there was one open pull request with these comments.
inline talked_about talked(product platform, std::vector<remark> const& shown = {})
{
    talked_about of;
    of.platform = platform;
    BOOST_TEST(of.walk({1}) == strings());
    if (!of.is_cloud())
        BOOST_TEST(of.list(shown) == strings());
    BOOST_TEST(of.waiting() == strings());
    return of;
}

}  // namespace bbstream::test
