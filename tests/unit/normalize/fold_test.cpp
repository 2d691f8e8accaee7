#include "normalize/push.hpp"
#include "support/folding.hpp"

#include <boost/test/unit_test.hpp>

#include <memory_resource>
#include <set>
#include <stdexcept>

namespace bbstream {

namespace {

using test::delivery;
using test::folder;
using strings = std::vector<std::string>;

std::string hash(char name)
{
    return name == '0' ? std::string(40, '0') : std::string(40, name);
}

std::string side(char name, std::string const& ref)
{
    if (name == '0')
        return "null";
    return R"({"type":"branch","name":")" + ref + R"(","target":{"hash":")" + hash(name) + R"("}})";
}

// "ab" moves the ref from a to b; with the commits of `listed`, newest first.
std::string cloud_change(std::string const& what, std::string const& ref = "main", std::string const& listed = "")
{
    std::string commits;
    for (char const each : listed)
        commits += (commits.empty() ? "" : ",") + (R"({"hash":")" + hash(each) + R"("})");
    return R"({"old":)" + side(what[0], ref) + R"(,"new":)" + side(what[1], ref) + R"(,"truncated":false,"commits":[)" +
           commits + "]}";
}

std::string cloud_body(std::string const& changes, std::string const& repository = "r1")
{
    return R"({"push":{"changes":[)" + changes + R"(]},"actor":null,"repository":{"uuid":"{)" + repository + R"(}"}})";
}

delivery cloud_push(std::string const& what, std::string const& id, std::string const& listed = "")
{
    return {.body = cloud_body(cloud_change(what, "main", listed)), .id = id};
}

delivery datacenter_push(std::string const& what, std::string const& id, std::string const& date)
{
    delivery of;
    of.platform = product::datacenter;
    of.instance = "dc";
    of.event_key = "repo:refs_changed";
    of.id = id;
    of.body = R"({"date":")" + date + R"(","repository":{"id":4},"changes":[{"refId":"refs/heads/main","fromHash":")" +
              hash(what[0]) + R"(","toHash":")" + hash(what[1]) + R"("}]})";
    return of;
}

// What the memory of folds made meanwhile holds beyond what they always have.
class counted_memory : public std::pmr::memory_resource {
   public:
    counted_memory() : before_(std::pmr::set_default_resource(this)) {}
    ~counted_memory() override { std::pmr::set_default_resource(before_); }
    counted_memory(counted_memory const&) = delete;
    counted_memory& operator=(counted_memory const&) = delete;

    std::size_t held() const { return held_; }

   private:
    void* do_allocate(std::size_t bytes, std::size_t alignment) override
    {
        held_ += bytes;
        return before_->allocate(bytes, alignment);
    }
    void do_deallocate(void* what, std::size_t bytes, std::size_t alignment) override
    {
        held_ -= bytes;
        before_->deallocate(what, bytes, alignment);
    }
    bool do_is_equal(memory_resource const& other) const noexcept override { return this == &other; }

    std::pmr::memory_resource* before_;
    std::size_t held_ = 0;
};

std::string only_id(folder& in, delivery const& of)
{
    auto const events = in.apply(of);
    BOOST_TEST_REQUIRE(events.size() == 1u);
    return test::id_text(events.front());
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_retry_of_a_delivery_gives_nothing)
{
    folder in;
    BOOST_TEST(in.apply(cloud_push("0a", "one", "a")).size() == 2u);
    BOOST_TEST(in.apply(cloud_push("0a", "one", "a")).empty());
    BOOST_TEST(in.fold->counts().repeated_deliveries == 1u);
}

BOOST_AUTO_TEST_CASE(a_second_hook_of_the_same_push_gives_nothing)
{
    folder in;
    in.apply(cloud_push("0a", "one", "a"));
    BOOST_TEST(in.apply(cloud_push("0a", "two", "a")).empty());
    BOOST_TEST(in.fold->counts().repeated_deliveries == 0u);
    BOOST_TEST(in.fold->counts().repeated_changes == 1u);
}

BOOST_AUTO_TEST_CASE(the_same_delivery_id_with_another_body_or_key_is_folded)
{
    folder in;
    in.apply(cloud_push("0a", "one"));
    BOOST_TEST(in.apply(cloud_push("ab", "one")).size() == 1u);
    BOOST_TEST(in.fold->counts().reused_delivery_ids == 1u);
    in.apply(cloud_push("0a", "one"));
    in.apply(cloud_push("ab", "one"));
    BOOST_TEST(in.fold->counts().repeated_deliveries == 2u);
    BOOST_TEST(in.fold->counts().reused_delivery_ids == 1u);
    auto other_key = cloud_push("ab", "one");
    other_key.event_key = "repo:pushed";
    BOOST_TEST(in.apply(other_key).size() == 1u);
    auto other_instance = cloud_push("ab", "one");
    other_instance.instance = "cloud2";
    BOOST_TEST(in.apply(other_instance).size() == 1u);
}

BOOST_AUTO_TEST_CASE(identical_cloud_pushes_are_real_when_the_ref_went_back_meanwhile)
{
    folder in;
    std::set<std::string> ids;
    ids.insert(only_id(in, cloud_push("0a", "1")));
    ids.insert(only_id(in, cloud_push("ab", "2")));
    ids.insert(only_id(in, cloud_push("ba", "3")));
    ids.insert(only_id(in, cloud_push("ab", "4")));
    ids.insert(only_id(in, cloud_push("ba", "")));
    ids.insert(only_id(in, cloud_push("ab", "")));
    BOOST_TEST(ids.size() == 6u);
}

BOOST_AUTO_TEST_CASE(identical_bodies_of_data_center_are_one_delivery_for_a_day)
{
    folder in;
    auto push = datacenter_push("0a", "1", "2025-09-23T03:15:55+0300");
    BOOST_TEST(in.apply(push).size() == 1u);
    in.apply(datacenter_push("a0", "2", "2025-09-23T03:15:56+0300"));
    push.id = "3";
    push.received += test::day;
    BOOST_TEST(in.apply(push).empty());
    BOOST_TEST(in.fold->counts().repeated_deliveries == 1u);
    push.id = "4";
    push.received += 1'000'000;
    BOOST_TEST(in.apply(push).empty());  // the 24 hours of the first are over, but it tells of the same second
    BOOST_TEST(in.fold->counts().repeated_deliveries == 1u);
    BOOST_TEST(in.fold->counts().repeated_changes == 1u);
}

BOOST_AUTO_TEST_CASE(the_same_change_at_another_time_is_another_though_what_undid_the_first_was_lost)
{
    folder in;
    in.apply(datacenter_push("0a", "1", "2025-09-23T03:15:00+0300"));
    auto const first = only_id(in, datacenter_push("ab", "2", "2025-09-23T03:15:10+0300"));
    auto const events = in.apply(datacenter_push("ab", "3", "2025-09-23T03:15:50+0300"));
    BOOST_TEST_REQUIRE(events.size() == 2u);
    BOOST_TEST(test::type_name(events[0].type) == "system.gap_detected");
    BOOST_TEST(test::type_name(events[1].type) == "ref.updated");
    BOOST_TEST(test::id_text(events[1]) != first);
}

BOOST_AUTO_TEST_CASE(the_same_change_at_another_second_is_another_delivery)
{
    folder in;
    auto const first = only_id(in, datacenter_push("0a", "1", "2025-09-23T03:15:55+0300"));
    in.apply(datacenter_push("a0", "2", "2025-09-23T03:15:56+0300"));
    BOOST_TEST(only_id(in, datacenter_push("0a", "3", "2025-09-23T03:15:57+0300")) != first);
}

BOOST_AUTO_TEST_CASE(the_id_is_that_of_the_fact_whatever_comes_between)
{
    folder straight;
    folder late;
    straight.apply(cloud_push("0a", "1"));
    auto const ab = only_id(straight, cloud_push("ab", "2"));
    auto const bc = only_id(straight, cloud_push("bc", "3"));
    late.apply(cloud_push("0a", "1"));
    auto const events = late.apply(cloud_push("bc", "3"));
    BOOST_TEST_REQUIRE(events.size() == 2u);
    BOOST_TEST(test::id_text(events[1]) == bc);
    BOOST_TEST(late.fold->counts().gaps == 1u);
    BOOST_TEST(only_id(late, cloud_push("ab", "2")) == ab);
    BOOST_TEST(late.fold->counts().late_changes == 1u);
    BOOST_TEST(late.apply(cloud_push("ab", "9")).empty());
}

BOOST_AUTO_TEST_CASE(a_gap_is_told_before_the_change_that_shows_it)
{
    folder in;
    in.apply(cloud_push("0a", "1"));
    auto const events = in.apply(cloud_push("bc", "2", "c"));
    BOOST_TEST_REQUIRE(events.size() == 3u);
    BOOST_TEST(test::type_name(events[0].type) == "system.gap_detected");
    BOOST_TEST(events[0].subject == "refs/heads/main");
    auto const& gap = std::get<event::gap_detected>(events[0].data);
    BOOST_TEST(gap.known_sha.value() == hash('a'));
    BOOST_TEST(gap.old_sha.value() == hash('b'));
    BOOST_TEST(gap.new_sha.value() == hash('c'));
    BOOST_TEST(gap.reason == "chain");
    BOOST_TEST((in.kinds(cloud_push("cd", "3")) == strings{"ref.updated refs/heads/main"}));
}

BOOST_AUTO_TEST_CASE(a_ref_that_nobody_knew_has_a_gap_where_it_did_not_begin)
{
    folder in;
    in.apply(cloud_push("0a", "1"));
    delivery const other{.body = cloud_body(cloud_change("bc", "dev"))};
    auto const events = in.apply(other);
    BOOST_TEST_REQUIRE(events.size() == 2u);
    auto const& gap = std::get<event::gap_detected>(events[0].data);
    BOOST_TEST(!gap.known_sha.has_value());
    BOOST_TEST(gap.ref.name == "refs/heads/dev");
}

BOOST_AUTO_TEST_CASE(each_gap_is_a_fact_of_its_own)
{
    folder in;
    std::set<std::string> ids;
    in.apply(cloud_push("0a", "1"));
    for (auto const* what : {"bc", "de", "fb"}) {
        auto const events = in.apply(cloud_push(what, what));
        BOOST_TEST_REQUIRE(events.size() == 2u);
        ids.insert(test::id_text(events[0]));
    }
    BOOST_TEST(ids.size() == 3u);
}

// As cloud_push, but the list of commits ends before the beginning; the oldest one says what it follows.
delivery truncated_push(std::string const& what, std::string const& id, std::string const& listed, char parent)
{
    auto of = cloud_push(what, id, listed);
    of.body.replace(of.body.find("false"), 5, "true");
    auto const last = of.body.rfind(hash(listed.back())) + hash(listed.back()).size() + 1;
    of.body.insert(last, R"(,"parents":[{"hash":")" + hash(parent) + R"("}])");
    return of;
}

BOOST_AUTO_TEST_CASE(commits_that_a_push_does_not_list_are_a_gap)
{
    folder in;
    in.apply(cloud_push("0a", "1", "a"));
    BOOST_TEST((in.kinds(truncated_push("af", "2", "fe", 'd')) ==
                strings{"system.gap_detected refs/heads/main", "ref.updated refs/heads/main",
                        "commit.added commits/" + hash('e'), "commit.added commits/" + hash('f')}));
    BOOST_TEST(in.fold->counts().gaps == 1u);
}

BOOST_AUTO_TEST_CASE(commits_that_a_push_need_not_list_are_none)
{
    folder in;
    in.apply(truncated_push("0b", "1", "b", 'a'));  // the baseline
    in.apply(truncated_push("bc", "2", "c", 'b'));  // back to the old head
    delivery branch = truncated_push("0d", "3", "dc", 'b');
    branch.body.replace(branch.body.find("main"), 4, "next");
    in.apply(branch);  // back to a commit that is known
    BOOST_TEST(in.fold->counts().gaps == 0u);
}

BOOST_AUTO_TEST_CASE(events_come_per_change_with_their_commits_oldest_first)
{
    folder in;
    delivery of{.body = cloud_body(cloud_change("0c", "main", "cba") + "," + cloud_change("0d", "dev", "dc"))};
    BOOST_TEST((in.kinds(of) == strings{"ref.created refs/heads/main", "commit.added commits/" + hash('a'),
                                        "commit.added commits/" + hash('b'), "commit.added commits/" + hash('c'),
                                        "ref.created refs/heads/dev", "commit.added commits/" + hash('d')}));
    auto const events = in.apply(cloud_push("ce", "2", "e"));
    BOOST_TEST_REQUIRE(events.size() == 2u);
    BOOST_TEST(events[0].position.sequence == 2u);
    BOOST_TEST(events[0].position.index == 0u);
    BOOST_TEST(events[1].position.index == 1u);
}

BOOST_AUTO_TEST_CASE(a_commit_is_added_once_per_repository)
{
    folder in;
    in.apply(cloud_push("0a", "1", "a"));
    BOOST_TEST((in.kinds(cloud_push("ab", "2", "ba")) ==
                strings{"ref.updated refs/heads/main", "commit.added commits/" + hash('b')}));
    delivery other{.body = cloud_body(cloud_change("0a", "main", "a"), "r2")};
    BOOST_TEST(in.apply(other).size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_record_that_the_state_holds_gives_nothing)
{
    folder in;
    in.apply(cloud_push("0a", "1"));
    BOOST_TEST(in.apply_at(1, cloud_push("ab", "2")).empty());
    BOOST_TEST(in.apply_at(2, cloud_push("ab", "2")).size() == 1u);
}

BOOST_AUTO_TEST_CASE(unknown_keys_are_kept_per_delivery)
{
    folder in;
    delivery of{.body = R"({"a":1})", .event_key = "repo:new_thing", .id = "1"};
    auto const first = only_id(in, of);
    BOOST_TEST(in.apply(of).empty());  // a retry
    of.id = "2";
    BOOST_TEST(only_id(in, of) != first);
    of.id.clear();
    BOOST_TEST(in.apply(of).size() == 1u);
    BOOST_TEST(in.apply(of).empty());  // it would have the same id
}

BOOST_AUTO_TEST_CASE(pull_requests_that_two_hooks_deliver_are_kept_once)
{
    folder in;
    delivery of{.body = R"({"pullrequest":{"id":1}})", .event_key = "pullrequest:created", .id = "1"};
    BOOST_TEST(in.apply(of).size() == 1u);
    of.id = "2";
    BOOST_TEST(in.apply(of).empty());
}

BOOST_AUTO_TEST_CASE(a_fact_is_forgotten_after_400_days)
{
    folder in;
    auto const first = only_id(in, cloud_push("0a", "1"));
    in.apply(cloud_push("a0", "2"));
    auto later = cloud_push("0a", "3");
    later.received += 401 * test::day;
    BOOST_TEST(only_id(in, later) == first);
}

BOOST_AUTO_TEST_CASE(a_body_of_more_than_700000_bytes_stays_in_the_journal)
{
    folder in;
    delivery of{.body = R"({"filler":")" + std::string(700'000, 'x') + "\"}", .event_key = "repo:new_thing", .id = "1"};
    auto const values = test::encode_all(in.apply(of));
    BOOST_TEST_REQUIRE(values.size() == 1u);
    BOOST_TEST(values[0].size() < 4096u);
    BOOST_TEST(values[0].find(R"("payload":null,"payloadBase64":null,"payloadLength":700013,"bodySha256":")") !=
               std::string::npos);
    BOOST_TEST(values[0].find(R"("truncated":["/payload"])") != std::string::npos);
    BOOST_TEST(values[0].find(R"("dataref":"bbstream:journal/00000000000000000000000000000000/1")") !=
               std::string::npos);
    of.body = R"({"filler":")" + std::string(700'000 - 13, 'x') + "\"}";
    of.id = "2";
    BOOST_TEST_REQUIRE(of.body.size() == 700'000u);
    auto const whole = test::encode_all(in.apply(of));
    BOOST_TEST(whole[0].size() > 700'000u);
    BOOST_TEST(whole[0].size() < event::value_bytes_max);
}

BOOST_AUTO_TEST_CASE(a_body_that_is_no_json_is_kept_in_base64_while_it_fits)
{
    folder in;
    auto const small = test::encode_all(in.apply({.body = "{\"a\":\xff}"}));
    BOOST_TEST(small[0].find(R"("payload":null,"payloadBase64":"eyJhIjr/fQ==")") != std::string::npos);
    auto const large = test::encode_all(in.apply({.body = std::string(600'000, '[')}));
    BOOST_TEST(large[0].size() < 4096u);
    BOOST_TEST(large[0].find(R"("payloadLength":600000)") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(more_changes_than_a_push_can_have_are_kept_as_one_body_and_cost_no_memory_afterwards)
{
    counted_memory memory;
    {
        folder in;
        auto const many = [](std::size_t count) {
            std::string list = "1";
            for (std::size_t at = 1; at < count; ++at)
                list += ",1";
            return cloud_body(list);
        };
        auto const at_most = in.apply({.body = many(normalize::changes_max), .id = "1"});
        BOOST_TEST(at_most.size() == normalize::changes_max);
        BOOST_TEST(memory.held() > normalize::changes_max);
        auto const events = in.apply({.body = many(4'000'000), .id = "2"});
        BOOST_TEST(memory.held() == 0u);
        BOOST_TEST_REQUIRE(events.size() == 1u);
        auto const& unknown = std::get<event::unknown_received>(events.front().data);
        BOOST_TEST((unknown.reason == event::unknown_reason::type_mismatch));
        BOOST_TEST(unknown.detail == "push.changes: too many changes");
        BOOST_TEST(events.front().subject == "deliveries/2");
        auto datacenter = datacenter_push("0a", "3", "2025-09-23T03:15:55+0300");
        datacenter.body = R"({"changes":[1)";
        for (std::size_t at = 0; at < normalize::changes_max; ++at)
            datacenter.body += ",1";
        datacenter.body += "]}";
        auto const other = in.apply(datacenter);
        BOOST_TEST_REQUIRE(other.size() == 1u);
        BOOST_TEST(std::get<event::unknown_received>(other.front().data).detail == "changes: too many changes");
        BOOST_TEST(in.fold->counts().type_mismatches == normalize::changes_max + 2);
        BOOST_TEST(in.apply(cloud_push("0a", "4")).size() == 1u);
    }
    BOOST_TEST(memory.held() == 0u);
}

// Memory that fails as nothing else in the fold does.
class failing_memory : public std::pmr::memory_resource {
   public:
    failing_memory() : before_(std::pmr::set_default_resource(this)) {}
    ~failing_memory() override { std::pmr::set_default_resource(before_); }
    failing_memory(failing_memory const&) = delete;
    failing_memory& operator=(failing_memory const&) = delete;

   private:
    void* do_allocate(std::size_t, std::size_t) override { throw std::length_error("as a test wants it"); }
    void do_deallocate(void*, std::size_t, std::size_t) override {}
    bool do_is_equal(memory_resource const& other) const noexcept override { return this == &other; }

    std::pmr::memory_resource* before_;
};

BOOST_AUTO_TEST_CASE(a_record_that_cannot_be_folded_becomes_a_dead_letter_and_the_next_is_folded)
{
    std::string listed;
    for (int round = 0; round < 300; ++round)
        listed += "fedcba";
    failing_memory const memory;
    folder in;
    auto const events = in.apply(cloud_push("0a", "1", listed));
    BOOST_TEST_REQUIRE(events.size() == 1u);
    BOOST_TEST((events[0].type == event::type::dead_letter));
    auto const value = test::encode_all(events)[0];
    BOOST_TEST(value.find(R"({"stage":"fold","error":"folding failed: as a test wants it","topic":"dlq.v1")") == 0u);
    BOOST_TEST(value.find(R"("content":"{\"push\")") != std::string::npos);
    BOOST_TEST(in.fold->counts().failed_records == 1u);
    BOOST_TEST(only_id(in, cloud_push("ab", "2")) != "");
}

BOOST_AUTO_TEST_CASE(more_events_than_an_index_can_count_become_one_dead_letter)
{
    std::string changes;
    changes.reserve(24 << 20);
    for (int ref = 0; ref < 100; ++ref) {
        std::string commits;
        for (int at = 0; at < 10'000; ++at)
            commits += (at ? "," : "") + (R"({"hash":")" + std::to_string(ref * 10'000 + at)) + "\"}";
        auto change = cloud_change("0a", std::to_string(ref));
        change.insert(change.rfind(']'), commits);
        changes += (ref ? "," : "") + change;
    }
    folder in;
    auto const events = in.apply({.body = cloud_body(changes), .id = "1"});
    BOOST_TEST_REQUIRE(events.size() == 1u);
    BOOST_TEST((events[0].type == event::type::dead_letter));
    auto const value = test::encode_all(events)[0];
    BOOST_TEST(value.find("999999") != std::string::npos);
    BOOST_TEST(in.apply(cloud_push("0a", "2")).size() == 1u);
}

}  // namespace bbstream
