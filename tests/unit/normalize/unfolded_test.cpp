// What has no mapping, does not fit or can't be folded is kept all the same.
#include "base/hex.hpp"
#include "event/digest.hpp"
#include "normalize/commit.hpp"
#include "normalize/identity.hpp"
#include "normalize/push.hpp"
#include "pushes.hpp"

#include <algorithm>
#include <memory_resource>
#include <stdexcept>

namespace bbstream {

namespace {

using test::cloud_body;
using test::cloud_change;
using test::cloud_push;
using test::datacenter_push;
using test::delivery;
using test::folder;
using test::only_id;

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

}  // namespace

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

BOOST_AUTO_TEST_CASE(a_body_that_not_every_reader_takes_is_kept_as_one_that_every_reader_does)
{
    folder in;
    delivery const of{.body = R"({"half": "\ud83d", "large": 123456789012345678901234567890, "far": 1e999, "kept": 7})",
                      .event_key = "repo:new_thing"};
    auto const values = test::encode_all(in.apply(of));
    BOOST_TEST_REQUIRE(values.size() == 1u);
    BOOST_TEST(values[0].find(R"("payload":{"half":"\ufffd","large":null,"far":null,"kept":7},)") != std::string::npos);
    BOOST_TEST(values[0].find(R"("payloadLength":)" + std::to_string(of.body.size())) != std::string::npos);
    BOOST_TEST(values[0].find(R"("bodySha256":")" + to_hex(event::sha256(of.body))) != std::string::npos);
    simdjson::dom::parser strict;
    BOOST_TEST((strict.parse(values[0]).error() == simdjson::SUCCESS));
}

BOOST_AUTO_TEST_CASE(who_has_an_id_beyond_its_bound_has_none)
{
    std::string const longest(normalize::id_bytes_max, 'x');
    std::string const huge(event::record_bytes_max, 'x');
    auto const told_by = [](product platform, std::string const& member, std::string const& id) {
        folder in;
        auto of =
            platform == product::cloud ? cloud_push("0a", "1") : datacenter_push("0a", "1", "2025-09-23T03:15:55+0300");
        of.platform = platform;
        of.body.insert(1, R"("actor":{")" + member + R"(":")" + id + R"("},)");
        auto const values = test::encode_all(in.apply(of));
        BOOST_TEST_REQUIRE(values.size() == 1u);
        BOOST_TEST(values[0].find(R"("type":"dev.bbstream.ref.created.v1")") != std::string::npos, member);
        BOOST_TEST(values[0].size() < event::value_bytes_soft);
        return values[0];
    };
    for (auto const& [platform, member] :
         {std::pair(product::cloud, "uuid"), {product::cloud, "account_id"}, {product::datacenter, "id"}}) {
        BOOST_TEST(told_by(platform, member, longest).find(R"("authid":")" + longest + '"') != std::string::npos);
        BOOST_TEST(told_by(platform, member, longest + "x").find(R"("authid")") == std::string::npos);
        BOOST_TEST(told_by(platform, member, huge).find(R"("authid")") == std::string::npos);
    }
    for (auto const& [platform, member] : {std::pair(product::cloud, "nickname"), {product::datacenter, "name"}}) {
        BOOST_TEST(told_by(platform, member, longest).find(R"("id":"name:)" + longest + '"') != std::string::npos);
        BOOST_TEST(told_by(platform, member, longest + "x").find(R"("id":"name:)") == std::string::npos);
        BOOST_TEST(told_by(platform, member, huge).find(R"("id":"name:)") == std::string::npos);
    }
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

// "1,1,1"
std::string ones(std::size_t count)
{
    std::string list = count == 0 ? "" : "1";
    for (std::size_t at = 1; at < count; ++at)
        list += ",1";
    return list;
}

// A list of so many elements is that many parts that do not fit; with one more the delivery is one event and costs no
// memory.
void check_bound(delivery of, std::string const& before, std::string const& after, std::size_t bound,
                 std::string const& complaint)
{
    counted_memory memory;
    folder in;
    auto const apply = [&](std::size_t elements) {
        of.id += "1";
        of.body = before + ones(elements) + after;
        return in.apply(of);
    };
    auto const is_unknown = [](event::event const& each) { return each.type == event::type::unknown_received; };
    BOOST_TEST(std::ranges::count_if(apply(bound), is_unknown) == static_cast<std::ptrdiff_t>(bound));
    for (auto const elements : {bound + 1, std::size_t(4'000'000)}) {
        auto const events = apply(elements);
        BOOST_TEST(memory.held() == 0u);
        BOOST_TEST(std::ranges::count_if(events, is_unknown) == 1);
        auto const& unknown = std::get<event::unknown_received>(events.front().data);
        BOOST_TEST((unknown.reason == event::unknown_reason::type_mismatch));
        BOOST_TEST(unknown.detail == complaint);
    }
}

BOOST_AUTO_TEST_CASE(more_spans_than_a_delivery_can_have_are_kept_as_one_body)
{
    delivery const of{.body = {}, .event_key = "pipeline:span_created"};
    std::string const complaint = "resourceSpans: too many spans";
    check_bound(of, R"({"resourceSpans":[)", "]}", 10'000, complaint);
    check_bound(of, R"({"resourceSpans":[{"scopeSpans":[)", "]}]}", 9'999, complaint);
    check_bound(of, R"({"resourceSpans":[{"scopeSpans":[{"spans":[],"scope":1},{"spans":[)", "]}]}]}", 9'997,
                complaint);
}

BOOST_AUTO_TEST_CASE(more_places_of_secrets_than_a_delivery_can_have_are_kept_as_one_body)
{
    check_bound({.body = {}, .event_key = "repo:secret_detected", .platform = product::datacenter},
                R"({"secretLocations":[)", "]}", 10'000, "secretLocations: too many places");
}

// Each list is read as far as it would be by itself.
BOOST_AUTO_TEST_CASE(more_commits_than_a_push_can_list_in_all_of_its_changes_are_kept_as_one_body)
{
    std::string commits = "{}";
    for (std::size_t at = 0; at < normalize::listed_commits_max; ++at)
        commits += ",{}";
    auto const push = [&](std::size_t refs, std::string const& id) {
        std::string changes;
        for (std::size_t at = 0; at < refs; ++at) {
            auto change = cloud_change("0a", "b" + std::to_string(at));
            change.insert(change.rfind(']'), commits);
            changes += (at == 0 ? "" : ",") + change;
        }
        return delivery{.body = cloud_body(changes), .id = id};
    };
    std::size_t const refs = normalize::pushed_commits_max / normalize::listed_commits_max;
    counted_memory memory;
    folder in;
    BOOST_TEST(in.apply(push(refs, "1")).size() == refs);
    auto const events = in.apply(push(refs + 1, "2"));
    BOOST_TEST(memory.held() < event::payload_bytes_max);  // the body itself
    BOOST_TEST_REQUIRE(events.size() == 1u);
    auto const& unknown = std::get<event::unknown_received>(events.front().data);
    BOOST_TEST((unknown.reason == event::unknown_reason::type_mismatch));
    BOOST_TEST(unknown.detail == "push.changes: too many commits");
}

// A resource of very many attributes, of which one is as long as no id is; its spans say the rest.
BOOST_AUTO_TEST_CASE(what_a_resource_says_is_read_once_for_all_of_its_spans)
{
    auto const attribute = [](std::string const& key, std::string const& value) {
        return R"({"key":")" + key + R"(","value":{"stringValue":")" + value + "\"}}";
    };
    auto const step = [&](std::size_t number, std::string const& more) {
        return R"({"name":"bbc.step","endTimeUnixNano":"1000","attributes":[)" +
               attribute("step.uuid", "s" + std::to_string(number)) + more + "]}";
    };
    std::string shared = attribute("pipeline.repository.uuid", std::string(20'000, 'r'));
    for (int at = 0; at < 100'000; ++at)
        shared += R"(,{"key":"a"})";
    std::size_t const steps = 8'000;
    std::string spans = step(0, "," + attribute("pipeline.repository.uuid", "{R}"));
    for (std::size_t at = 1; at < steps; ++at)
        spans.insert(0, step(at, "") + ",");
    counted_memory memory;
    folder in;
    auto const events = in.apply({.body = R"({"resourceSpans":[{"resource":{"attributes":[)" + shared +
                                          R"(]},"scopeSpans":[{"spans":[)" + spans + "]}]}]}",
                                  .event_key = "pipeline:span_created",
                                  .id = "1"});
    BOOST_TEST_REQUIRE(events.size() == steps + 1);  // the spans as they came are the last one
    BOOST_TEST(std::ranges::all_of(events, [](auto const& each) { return each.delivery->partition_key == "cloud:r"; }));
    BOOST_TEST((events.front().type == event::type::taskrun_finished));
    BOOST_TEST(memory.held() < steps * 10'000);
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
    std::string statuses;
    statuses.reserve(40 << 20);
    for (int at = 1; at <= 1'000'000; ++at)
        statuses += (at > 1 ? "," : "") + (R"({"key":)" + std::to_string(at)) + R"(,"state":"A","updated_on":1})";
    folder in;
    auto const events = in.apply({.body = R"({"values":[)" + statuses + "]}",
                                  .event_key = "rest:statuses",
                                  .origin = journal::origin::poll,
                                  .meta = R"({"repository":{"uuid":"{r1}"},"commit":"0a","fresh":true})"});
    BOOST_TEST_REQUIRE(events.size() == 1u);
    BOOST_TEST((events[0].type == event::type::dead_letter));
    auto const value = test::encode_all(events)[0];
    BOOST_TEST(value.find("999999") != std::string::npos);
    BOOST_TEST(in.apply(cloud_push("0a", "2")).size() == 1u);
}

}  // namespace bbstream
