// What REST shows of pull requests, folded between webhooks: the same facts with the same ids, each once.
#include "normalize/reconcile_view.hpp"
#include "support/folding.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>

namespace bbstream {

namespace {

using strings = std::vector<std::string>;

constexpr micros second = 1'000'000;
constexpr int grace = 30;

// A pull request, and its body of either product.
struct request {
    int id = 1;
    int updated = 0;  // minutes; Data Center's version too
    std::string title = "Add a feature";
    std::string state = "OPEN";
    char head = 'a';
    std::string target = "main";
    std::string reviewers = "u1";        // one for each
    std::string verdict = "UNAPPROVED";  // of u1
    int judged = 0;                      // minutes

    static std::string time(int minute) { return "2026-08-20T10:" + std::to_string(10 + minute) + ":00+00:00"; }
    static std::string millis(int minute) { return std::to_string(1'787'220'000'000 + minute * 60'000); }

    std::string cloud() const
    {
        std::string const judgment = verdict == "APPROVED"     ? R"("approved":true,"state":"approved")"
                                     : verdict == "NEEDS_WORK" ? R"("approved":false,"state":"changes_requested")"
                                                               : R"("approved":false,"state":null)";
        return R"({"id":)" + std::to_string(id) + R"(,"title":")" + title +
               R"(","description":"","draft":false,"state":")" + state + R"(","created_on":")" + time(0) +
               R"(","updated_on":")" + time(updated) + R"(","source":{"branch":{"name":"f"},"commit":{"hash":")" +
               std::string(12, head) + R"("},"repository":{"uuid":"{r1}"}},"destination":{"branch":{"name":")" +
               target + R"("},"commit":{"hash":")" + std::string(12, 'b') +
               R"("},"repository":{"uuid":"{r1}"}},"reviewers":[{"uuid":"{)" + reviewers +
               R"(}"}],"participants":[{"user":{"uuid":"{u1}"},"role":"REVIEWER",)" + judgment +
               R"(,"participated_on":")" + time(judged) + R"("}]})";
    }
    std::string datacenter() const
    {
        return R"({"id":)" + std::to_string(id) + R"(,"title":")" + title + R"(","version":)" +
               std::to_string(updated) + R"(,"state":")" + state + R"(","createdDate":)" + millis(0) +
               R"(,"updatedDate":)" + millis(updated) + (state == "OPEN" ? "" : R"(,"closedDate":)" + millis(updated)) +
               R"(,"fromRef":{"id":"refs/heads/f","latestCommit":")" + std::string(40, head) +
               R"("},"toRef":{"id":"refs/heads/)" + target + R"(","latestCommit":")" + std::string(40, 'b') +
               R"(","repository":{"id":1,"slug":"one","project":{"key":"P"}}},"reviewers":[{"user":{"id":)" +
               (reviewers == "u1" ? "5" : "6") + R"(,"name":")" + reviewers + R"("},"role":"REVIEWER","status":")" +
               verdict + R"("}],"participants":[]})";
    }
};

struct watched_repository {
    product platform = product::cloud;
    test::folder in;
    std::string meta, body;
    micros now = test::start_time;
    bool fresh = false;
    event::encoding how;

    strings ids, values;  // of the last record's events

    std::string body_of(request const& of) const { return platform == product::cloud ? of.cloud() : of.datacenter(); }

    // A whole walk, whose only page shows these.
    strings walk(std::vector<request> const& shown)
    {
        begin_meta("");
        body.clear();
        for (auto const& each : shown)
            body += (body.empty() ? "" : ",") + body_of(each);
        body = R"({"values":[)" + body + "]}";
        return apply("rest:pullrequests", journal::origin::poll);
    }
    strings look_up(request const& of)
    {
        begin_meta(R"(,"id":)" + std::to_string(of.id) + R"(,"found":true)");
        body = body_of(of);
        return apply("rest:pullrequest", journal::origin::poll);
    }
    strings miss(int id)
    {
        begin_meta(R"(,"id":)" + std::to_string(id) + R"(,"found":false)");
        body = R"({"errors":[]})";
        return apply("rest:pullrequest", journal::origin::poll);
    }
    // Its own webhook; `more` are the members beside the pull request.
    strings webhook(std::string const& key, request const& of, std::string const& more = "")
    {
        meta.clear();
        if (platform == product::cloud)
            body = R"({"repository":{"uuid":"{r1}"},"pullrequest":)" + of.cloud() + more + "}";
        else
            body = R"({"date":"2026-08-20T10:30:00+0000","pullRequest":)" + of.datacenter() + more + "}";
        return apply(key, journal::origin::webhook);
    }

    normalize::pull_requests_view view()
    {
        auto const repository = platform == product::cloud ? "r1" : "1";
        return normalize::view_reconciliation(*in.state, "here", repository).pull_requests;
    }

   private:
    void begin_meta(std::string const& more)
    {
        meta = std::string(R"({"repository":)") +
               (platform == product::cloud ? R"({"uuid":"{r1}"})" : R"({"id":1,"slug":"one","project":{"key":"P"}})") +
               R"(,"asof":)" + std::to_string(in.next - 1) + R"(,"page":0,"grace":)" + std::to_string(grace) +
               (fresh ? R"(,"fresh":true)" : "") + more + "}";
    }

    strings apply(std::string const& key, journal::origin origin)
    {
        auto const events = in.apply({.body = body,
                                      .event_key = key,
                                      .platform = platform,
                                      .instance = "here",
                                      .received = now,
                                      .origin = origin,
                                      .meta = meta});
        values = test::encode_all(events, how);
        ids = test::ids_of(events);
        now += grace * second;
        return test::types_of(events);
    }
};

watched_repository watched(product platform, std::vector<request> const& shown)
{
    watched_repository repository;
    repository.platform = platform;
    BOOST_TEST(repository.walk(shown) == strings());
    return repository;
}

constexpr product products[] = {product::cloud, product::datacenter};

}  // namespace

BOOST_AUTO_TEST_CASE(what_changes_while_a_walk_goes_on_is_not_behind_it)
{
    constexpr micros begun = 1'787'220'000'000'000;  // 10 minutes before the time of minute 0
    constexpr micros minute = 60 * second;
    watched_repository repository;
    repository.now = begun;
    repository.walk({request{.updated = 30}});
    BOOST_TEST(repository.view().watermark == begun);
    repository.now = begun + 50 * minute;
    repository.walk({request{.updated = 30}});
    BOOST_TEST(repository.view().watermark == begun + 40 * minute);
}

BOOST_AUTO_TEST_CASE(what_a_webhook_shows_beside_what_it_tells_is_still_to_be_told)
{
    for (auto const platform : products) {
        auto repository = watched(platform, {request{}});
        request const closed{.updated = 2, .state = "DECLINED", .head = 'c'};
        auto const key = platform == product::cloud ? "pullrequest:rejected" : "pr:declined";
        BOOST_TEST(repository.webhook(key, closed) == strings{"pullrequest.declined"},
                   boost::test_tools::per_element());
        BOOST_TEST(repository.walk({closed}) == strings());
        BOOST_TEST(repository.walk({closed}) == strings{"pullrequest.source_updated"},
                   boost::test_tools::per_element());
        BOOST_TEST(repository.walk({closed}) == strings());
    }
}

BOOST_AUTO_TEST_CASE(first_sight_is_no_news_nor_is_what_stays)
{
    for (auto const platform : products) {
        request const approved{.verdict = "APPROVED"};
        auto repository = watched(platform, {approved, {.id = 2, .state = "MERGED"}});
        BOOST_TEST(repository.view().baseline);
        BOOST_TEST(repository.view().newest == 2u);
        for (int looks = 0; looks < 3; ++looks)
            BOOST_TEST(repository.walk({approved, {.id = 2, .state = "MERGED"}}) == strings());
        BOOST_TEST(repository.view().doubts.empty());
    }
}

BOOST_AUTO_TEST_CASE(a_lost_fact_has_the_id_of_its_webhook_and_one_that_comes_late_is_told_already)
{
    struct lost {
        std::string cloud_key, datacenter_key, kind;
        request before, after;
        std::string cloud_more, datacenter_more;
    };
    std::string const approval = R"(,"approval":{"date":")" + request::time(3) + R"(","user":{"uuid":"{u1}"}})";
    std::string const participant = R"(,"participant":{"user":{"id":5},"status":"APPROVED"})";
    lost const all[] = {
        {"pullrequest:created", "pr:opened", "pullrequest.opened", {}, {.id = 2}, "", ""},
        {"pullrequest:fulfilled", "pr:merged", "pullrequest.merged", {}, {.updated = 1, .state = "MERGED"}, "", ""},
        {"pullrequest:rejected",
         "pr:declined",
         "pullrequest.declined",
         {},
         {.updated = 1, .state = "DECLINED"},
         "",
         ""},
        {"pullrequest:updated",
         "pr:from_ref_updated",
         "pullrequest.source_updated",
         {},
         {.updated = 1, .head = 'c'},
         "",
         R"(,"previousFromHash":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")"},
        {"pullrequest:updated",
         "pr:modified",
         "pullrequest.target_updated",
         {},
         {.updated = 1, .target = "other"},
         "",
         R"(,"previousTitle":"Add a feature","previousTarget":{"id":"refs/heads/main"})"},
        {"pullrequest:updated",
         "pr:modified",
         "pullrequest.updated",
         {},
         {.updated = 1, .title = "Better"},
         "",
         R"(,"previousTitle":"Add a feature","previousTarget":{"id":"refs/heads/main"})"},
        {"pullrequest:updated",
         "pr:reviewer:updated",
         "pullrequest.reviewers_updated",
         {},
         {.updated = 1, .reviewers = "u2"},
         "",
         R"(,"addedReviewers":[],"removedReviewers":[])"},
        {"pullrequest:approved",
         "pr:reviewer:approved",
         "pullrequest.reviewed",
         {},
         {.verdict = "APPROVED", .judged = 3},
         approval,
         participant},
    };
    for (auto const platform : products)
        for (auto const& each : all) {
            BOOST_TEST_CONTEXT(each.kind << (platform == product::cloud ? " of Cloud" : " of Data Center"))
            {
                auto const& key = platform == product::cloud ? each.cloud_key : each.datacenter_key;
                auto const& more = platform == product::cloud ? each.cloud_more : each.datacenter_more;
                auto told = watched(platform, {each.before});
                BOOST_TEST(told.webhook(key, each.after, more) == strings{each.kind});
                auto const ids = told.ids;
                BOOST_TEST(told.look_up(each.after) == strings());
                BOOST_TEST(told.look_up(each.after) == strings());
                BOOST_TEST(told.view().doubts.empty());

                auto missed = watched(platform, {each.before});
                BOOST_TEST(missed.walk({each.before, each.after}) == strings());  // it may be on its way
                BOOST_TEST(missed.view().doubts.size() == 1u);
                BOOST_TEST(missed.look_up(each.after) == strings{each.kind});
                BOOST_TEST(missed.ids == ids);
                BOOST_TEST(missed.view().doubts.empty());
                BOOST_TEST(missed.look_up(each.after) == strings());
                BOOST_TEST(missed.webhook(key, each.after, more) == strings());
            }
        }
}

BOOST_AUTO_TEST_CASE(what_webhooks_tell_within_the_grace_is_theirs)
{
    for (auto const platform : products) {
        auto repository = watched(platform, {{}});
        request const merged{.updated = 1, .state = "MERGED"};
        BOOST_TEST(repository.walk({merged}) == strings());
        BOOST_TEST(repository.webhook(platform == product::cloud ? "pullrequest:fulfilled" : "pr:merged", merged) ==
                   strings{"pullrequest.merged"});
        BOOST_TEST(repository.look_up(merged) == strings());
        BOOST_TEST(repository.view().doubts.empty());
    }
}

BOOST_AUTO_TEST_CASE(an_answer_that_webhooks_have_overtaken_is_nothing)
{
    for (auto const platform : products) {
        auto repository = watched(platform, {{}});
        repository.webhook(platform == product::cloud ? "pullrequest:fulfilled" : "pr:merged",
                           {.updated = 5, .state = "MERGED"});
        for (int looks = 0; looks < 3; ++looks)
            BOOST_TEST(repository.walk({{.updated = 2, .title = "Old"}}) == strings());
        BOOST_TEST(repository.view().doubts.empty());
    }
}

BOOST_AUTO_TEST_CASE(an_open_one_that_is_not_listed_any_more_is_looked_up)
{
    for (auto const platform : products) {
        auto repository = watched(platform, {{}, {.id = 2}});
        BOOST_TEST(repository.walk({{.id = 2}}) == strings());
        BOOST_TEST(repository.view().doubts == std::vector<std::uint64_t>{1});
        BOOST_TEST(repository.look_up({.updated = 4, .state = "DECLINED"}) == strings{"pullrequest.declined"});
        BOOST_TEST(repository.walk({{.id = 2}}) == strings());
        BOOST_TEST(repository.view().doubts.empty());
    }
}

BOOST_AUTO_TEST_CASE(a_deleted_one_of_data_center_has_its_webhooks_id)
{
    auto told = watched(product::datacenter, {{}});
    BOOST_TEST(told.webhook("pr:deleted", {}) == strings{"pullrequest.deleted"});
    auto missed = watched(product::datacenter, {{}});
    BOOST_TEST(missed.walk({}) == strings());
    BOOST_TEST(missed.miss(1) == strings{"pullrequest.deleted"});
    BOOST_TEST(missed.ids == told.ids);
    BOOST_TEST(missed.walk({}) == strings());
    BOOST_TEST(missed.view().doubts.empty());

    auto kept = watched(product::cloud, {{}});
    kept.walk({});
    BOOST_TEST(kept.miss(1) == strings());
    BOOST_TEST(kept.view().doubts.empty());
}

BOOST_AUTO_TEST_CASE(a_verdict_that_was_withdrawn_is_one_snapshot_on_cloud_and_the_fact_on_data_center)
{
    for (auto const platform : products) {
        auto repository = watched(platform, {{.verdict = "APPROVED", .judged = 3}});
        request const withdrawn{};
        repository.walk({withdrawn});
        auto const kind = platform == product::cloud ? "pullrequest.snapshot" : "pullrequest.reviewed";
        BOOST_TEST(repository.look_up(withdrawn) == strings{kind});
        BOOST_TEST(repository.look_up(withdrawn) == strings());
        request const again{.verdict = "APPROVED", .judged = 5};
        repository.walk({again});
        BOOST_TEST(repository.look_up(again) == strings{"pullrequest.reviewed"});
        BOOST_TEST(repository.look_up(again) == strings());
    }
}

BOOST_AUTO_TEST_CASE(one_whose_verdict_was_withdrawn_need_not_be_listed_any_more)
{
    std::string const approval = R"(,"approval":{"date":")" + request::time(3) + R"(","user":{"uuid":"{u9}"}})";
    for (int const id : {1, 2}) {  // one that was seen before, and one that is new
        auto repository = watched(product::cloud, {{}});
        request const of{.id = id};
        BOOST_TEST(repository.webhook("pullrequest:approved", of, approval) == strings{"pullrequest.reviewed"});
        repository.walk({of});
        auto const told = repository.look_up(of);
        BOOST_TEST(told ==
                   (id == 1 ? strings{"pullrequest.snapshot"} : strings{"pullrequest.opened", "pullrequest.snapshot"}));
        BOOST_TEST(repository.look_up(of) == strings());
        BOOST_TEST(!std::ranges::count(repository.view().doubts, std::uint64_t(id)));
    }
}

BOOST_AUTO_TEST_CASE(several_edits_of_data_center_are_one_snapshot)
{
    auto repository = watched(product::datacenter, {{}});
    request const edited{.updated = 3, .title = "Better", .reviewers = "u2"};
    repository.walk({edited});
    BOOST_TEST(repository.look_up(edited) == strings{"pullrequest.snapshot"});
    BOOST_TEST(repository.look_up(edited) == strings());
}

BOOST_AUTO_TEST_CASE(a_snapshot_begins_the_trace_of_its_own_journal)
{
    request const edited{.updated = 3, .title = "Better", .reviewers = "u2"};
    std::set<std::string> traces;
    for (std::uint8_t const identity : {0, 1, 2}) {
        auto repository = watched(product::datacenter, {{}});
        repository.how.journal.fill(identity);
        repository.walk({edited});
        BOOST_TEST(repository.look_up(edited) == strings{"pullrequest.snapshot"});
        auto const& value = repository.values.front();
        traces.insert(value.substr(value.find(R"("traceparent":")"), 70));
    }
    BOOST_TEST(traces.size() == 3u);
}

BOOST_AUTO_TEST_CASE(one_that_was_opened_reviewed_and_merged_unseen_is_all_three)
{
    for (auto const platform : products) {
        auto repository = watched(platform, {{}});
        request const whole{.id = 2, .updated = 3, .state = "MERGED", .verdict = "APPROVED", .judged = 2};
        repository.walk({{}, whole});
        BOOST_TEST(repository.look_up(whole) ==
                   (strings{"pullrequest.opened", "pullrequest.reviewed", "pullrequest.merged"}));
        BOOST_TEST(repository.walk({{}, whole}) == strings());
    }
}

BOOST_AUTO_TEST_CASE(that_it_was_opened_is_told_though_later_webhooks_told_of_it)
{
    for (auto const platform : products) {
        auto repository = watched(platform, {{}});
        request const opened{.id = 2, .updated = 1, .head = 'c'};
        repository.webhook(platform == product::cloud ? "pullrequest:push" : "pr:from_ref_updated", opened);
        BOOST_TEST(repository.walk({{}, opened}) == strings());
        BOOST_TEST(repository.look_up(opened) == strings{"pullrequest.opened"});
        BOOST_TEST(repository.look_up(opened) == strings());
    }
}

BOOST_AUTO_TEST_CASE(that_it_was_opened_is_told_though_the_first_answer_about_it_was_old)
{
    for (auto const platform : products) {
        auto repository = watched(platform, {{}});
        request const later{.id = 2, .updated = 5, .head = 'c'};
        repository.webhook(platform == product::cloud ? "pullrequest:push" : "pr:from_ref_updated", later);
        BOOST_TEST(repository.walk({{}, {.id = 2, .updated = 1}}) == strings());
        BOOST_TEST(repository.look_up(later) == strings{"pullrequest.opened"});
        BOOST_TEST(repository.look_up(later) == strings());
    }
}

BOOST_AUTO_TEST_CASE(data_centers_reopened_ones_are_found)
{
    auto repository = watched(product::datacenter, {{}});
    repository.webhook("pr:declined", {.updated = 1, .state = "DECLINED"});
    request const again{.updated = 2};
    repository.walk({again});
    BOOST_TEST(repository.look_up(again) == strings{"pullrequest.reopened"});
    BOOST_TEST(repository.look_up(again) == strings());
}

BOOST_AUTO_TEST_CASE(one_that_a_webhook_showed_to_be_reopened_is_open)
{
    auto const reopened = [](request const& again) {
        auto repository = watched(product::datacenter, {{}});
        BOOST_TEST(repository.webhook("pr:declined", {.updated = 1, .state = "DECLINED"}) ==
                   strings{"pullrequest.declined"});
        BOOST_TEST(repository.webhook("pr:from_ref_updated", again) ==
                   (strings{"pullrequest.reopened", "pullrequest.source_updated"}));
        return repository;
    };
    request const again{.updated = 2, .head = 'c'};
    auto seen = reopened(again);
    for (int looks = 0; looks < 3; ++looks)
        BOOST_TEST(seen.walk({again}) == strings());
    BOOST_TEST(seen.view().doubts.empty());
    auto gone = reopened(again);
    BOOST_TEST(gone.walk({}) == strings());
    BOOST_TEST(gone.miss(1) == strings{"pullrequest.deleted"});

    // What else its body shows is still to be told.
    request const retitled{.updated = 2, .title = "Better", .head = 'c'};
    auto other = reopened(retitled);
    BOOST_TEST(other.walk({retitled}) == strings());
    BOOST_TEST(other.walk({retitled}) == strings{"pullrequest.snapshot"});
    BOOST_TEST(other.walk({retitled}) == strings());
}

BOOST_AUTO_TEST_CASE(so_is_one_that_was_declined_when_it_was_first_seen)
{
    auto repository = watched(product::datacenter, {{.updated = 1, .state = "DECLINED"}});
    request const again{.updated = 2};
    repository.walk({again});
    BOOST_TEST(repository.look_up(again) == strings{"pullrequest.reopened"});
    BOOST_TEST(repository.look_up(again) == strings());
}

BOOST_AUTO_TEST_CASE(all_of_a_new_repository_is_news)
{
    watched_repository repository;
    repository.fresh = true;
    BOOST_TEST(repository.walk({{}}) == strings());
    BOOST_TEST(repository.look_up({}) == strings{"pullrequest.opened"});
}

}  // namespace bbstream
