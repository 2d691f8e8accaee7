// Faults planted into what a sink gives back: each is found, named once, and nothing else is.
#include "flow/audit.hpp"

#include "support/event_batch.hpp"

#include <boost/test/unit_test.hpp>

#include <deque>
#include <functional>
#include <utility>

namespace flow = bbstream::flow;
namespace event = bbstream::event;
namespace sink = bbstream::sink;
using bbstream::test::sample_event;
using flow::fault_kind;

namespace {

constexpr std::uint64_t records = 10;

std::string value_of(event::position at, std::string const& recorded, std::string const& origin = "webhook",
                     std::uint32_t epoch = 1, std::string const& data = "d")
{
    std::string value =
        R"({"id":"e)" + std::to_string(at.sequence) + "-" + std::to_string(at.index) + R"(","sequence":")";
    event::append_sequence(value, epoch, at);
    return value + R"(","recordedtime":")" + recorded + R"(","bborigin":")" + origin + R"(","data":")" + data + "\"}";
}

// Each record has an event on each of these topics.
using topics = std::vector<event::topic>;

topics const usual{event::topic::repository, event::topic::commit};

std::vector<sample_event> events_as(std::string const& recorded, topics const& on = usual)
{
    std::vector<sample_event> events;
    for (std::uint64_t record = 1; record <= records; ++record)
        for (std::uint32_t index = 0; index < on.size(); ++index)
            events.push_back({on[index], {record, index}, "cloud:one", value_of({record, index}, recorded), {}});
    return events;
}

// A source a topic, as partitions are.
class fake_reader final : public sink::reader {
   public:
    using lines = std::vector<sample_event>;

    explicit fake_reader(std::optional<event::topic> beside = {})
    {
        for (auto const topic : {event::topic::repository, event::topic::commit, event::topic::dlq})
            add(topic);
        if (beside) {
            add(*beside);
            on.push_back(*beside);
        }
        for (auto const& each : events_as("2026-02-02T00:00:00Z", on))
            for (std::size_t source = 0; source < sources_.size(); ++source)
                if (event::holds(sources_[source].topics, each.topic))
                    contents[source].push_back(each);
    }

    lines& add(event::topic topic)
    {
        sources_.push_back({std::string(event::topic_name(topic)), {}, false});
        sources_.back().topics.set(static_cast<std::size_t>(topic));
        return contents.emplace_back();
    }

    bbstream::result<sink::stored_cursor> open() override
    {
        at_.assign(sources_.size(), 0);
        return sink::cursor{{}, 1, records};
    }
    std::vector<sink::source> const& sources() const override { return sources_; }
    bbstream::result<std::optional<sink::read_event>> next(std::size_t source) override
    {
        if (at_[source] == contents[source].size())
            return std::optional<sink::read_event>();
        auto const& line = contents[source][at_[source]++];
        return std::optional(sink::read_event{line.value, line.key, line.headers});
    }

    void age(std::size_t source, std::optional<sink::mark> begin = {})
    {
        sources_[source].begins_late = true;
        sources_[source].begins_at = begin;
    }

    std::deque<lines> contents;  // one a source
    topics on = usual;           // what is expected

   private:
    std::vector<sink::source> sources_;
    std::vector<std::size_t> at_;
};

constexpr std::size_t repository = 0, commit = 1, dead_letters = 2, optional = 3;

flow::audit_plan whole()
{
    flow::audit_plan plan;
    plan.last = records;
    return plan;
}

flow::audit_report audited(fake_reader& from, flow::audit_plan const& plan = whole())
{
    bool given = false;
    from.open().value();
    auto const expected = [&](event::batch& events) -> bbstream::result<bool> {
        events.clear();
        for (auto const& each : events_as("2026-01-01T00:00:00.123Z", from.on))
            if (each.position.sequence <= plan.last)
                bbstream::test::append(events, each);
        return !std::exchange(given, true);
    };
    auto report = flow::run_audit(plan, expected, from);
    BOOST_REQUIRE(report.has_value());
    return std::move(*report);
}

// "missing e3-0" of each fault.
std::vector<std::string> faults_of(flow::audit_report const& report)
{
    std::vector<std::string> names;
    for (auto const& each : report.compared.faults())
        names.push_back(std::string(flow::fault_name(each.kind)) + " " + each.id);
    return names;
}

std::vector<std::string> found_after(std::function<void(fake_reader&)> const& plant)
{
    fake_reader from;
    plant(from);
    return faults_of(audited(from));
}

using names = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_CASE(what_differs_in_its_recorded_time_only_is_equal)
{
    fake_reader from;
    auto const report = audited(from);
    BOOST_TEST(report.compared.compared() == 2 * records);
    BOOST_TEST(!report.failed());
}

BOOST_AUTO_TEST_CASE(each_kind_of_fault_is_found)
{
    auto const check = [](std::function<void(fake_reader::lines&)> const& plant, names const& wanted) {
        auto const found = found_after([&](fake_reader& from) { plant(from.contents[commit]); });
        BOOST_TEST(found == wanted, boost::test_tools::per_element());
    };
    using lines = fake_reader::lines;
    check([](lines& all) { all.erase(all.begin() + 2); }, {"missing e3-1"});
    check([](lines& all) { all.pop_back(); }, {"missing e10-1"});
    check([](lines& all) { all.insert(all.begin() + 2, all[2]); }, {"doubled e3-1"});
    check([](lines& all) { all.push_back(all[2]); }, {"doubled e3-1"});
    check([](lines& all) { all.insert(all.end(), {all[2], all[2]}); }, {"doubled e3-1", "doubled e3-1"});
    check([](lines& all) { std::swap(all[2], all[3]); }, {"out_of_order e3-1"});
    check([](lines& all) { all[4].value = value_of({5, 1}, "t", "webhook", 1, "other"); }, {"different e5-1"});
    check([](lines& all) { all[4].key = "cloud:two"; }, {"different e5-1"});
    check([](lines& all) { all[4].headers = std::string("a\0b\0", 4); }, {"different e5-1"});
    check([](lines& all) { all.insert(all.begin() + 5, {{}, {}, "", value_of({5, 7}, "t"), {}}); }, {"foreign e5-7"});
    check(
        [](lines& all) {
            all.insert(all.begin() + 5, {{}, {}, "", value_of({5, 1}, "t", "webhook", 1, "x"), {}});
        },
        {"foreign e5-1"});
    check(
        [](lines& all) {
            all.insert(all.begin(), {{}, {}, "", value_of({1, 1}, "t", "webhook", 2), {}});
        },
        {"foreign e1-1"});
    check([](lines& all) { all.push_back({{}, {}, "", "garbage", {}}); }, {"foreign "});
}

BOOST_AUTO_TEST_CASE(an_event_of_another_topic_is_different)
{
    auto const found = found_after([](fake_reader& from) {
        auto& lines = from.contents[commit];
        from.contents[dead_letters].push_back(lines[4]);
        lines.erase(lines.begin() + 4);
    });
    BOOST_TEST(found == names{"different e5-1"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(several_faults_are_all_found)
{
    auto const found = found_after([](fake_reader& from) {
        from.contents[repository].erase(from.contents[repository].begin());
        from.contents[commit].push_back(from.contents[commit][0]);
        std::swap(from.contents[repository][5], from.contents[repository][6]);
    });
    BOOST_TEST(found == (names{"out_of_order e7-0", "doubled e1-1", "missing e1-0"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(replayed_events_those_of_earlier_epochs_and_those_behind_the_cursor_are_left_out)
{
    fake_reader from;
    auto& lines = from.contents[commit];
    lines.insert(lines.begin(), {event::topic::commit, {}, "", value_of({3, 1}, "t", "webhook", 0), {}});
    lines.push_back({event::topic::commit, {}, "", value_of({3, 1}, "t", "replay"), {}});
    lines.push_back({event::topic::commit, {}, "", value_of({records + 1, 1}, "t"), {}});
    auto const report = audited(from);
    BOOST_TEST(!report.failed());
    BOOST_TEST(report.replayed == 1u);
    BOOST_TEST(report.of_earlier_epochs == 1u);
}

BOOST_AUTO_TEST_CASE(a_dead_letter_stands_for_the_event_that_the_sink_refused)
{
    fake_reader from;
    from.contents[commit].erase(from.contents[commit].begin() + 2);
    auto const letter_to = [](std::string const& topic) {
        std::string value = R"({"error":"too large","topic":")" + topic + R"(","sequence":")";
        event::append_sequence(value, 1, {3, 1});
        return value + "\"}";
    };
    from.contents[dead_letters].push_back({event::topic::dlq, {3, 1}, "", letter_to("commit.v1"), {}});
    auto const report = audited(from);
    BOOST_TEST(!report.failed());
    BOOST_TEST(report.compared.dead_lettered() == 1u);
    from.contents[dead_letters][0].value = letter_to("build.v1");
    BOOST_TEST(faults_of(audited(from)) == names{"different e3-1"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(only_the_records_asked_for_are_compared)
{
    fake_reader from;
    from.contents[commit].erase(from.contents[commit].begin());
    from.contents[commit].pop_back();
    auto plan = whole();
    plan.first = 2;
    plan.last = records - 1;
    auto const report = audited(from, plan);
    BOOST_TEST(!report.failed());
    BOOST_TEST(report.compared.compared() == 2 * (records - 2));
}

BOOST_AUTO_TEST_CASE(what_may_have_left_the_sink_by_its_age_is_not_missing)
{
    fake_reader from;
    from.age(commit);
    from.contents[commit].erase(from.contents[commit].begin(), from.contents[commit].begin() + 4);
    from.age(dead_letters);
    auto const report = audited(from);
    BOOST_TEST(!report.failed());
    BOOST_TEST(report.plan.notes.size() == 1u);
    BOOST_TEST(report.compared.compared() == 2 * records - 4);
    from.contents[commit].erase(from.contents[commit].begin() + 1);
    BOOST_TEST(faults_of(audited(from)) == names{"missing e6-1"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(where_a_sink_says_what_it_begins_with_a_loss_from_there_on_is_missing)
{
    fake_reader from;
    auto& lines = from.contents[commit];
    from.age(commit, sink::mark{1, {3, 1}});
    auto report = audited(from);  // the daemon has just removed the first ones, while they were read
    BOOST_TEST(!report.failed());
    BOOST_TEST(report.compared.compared() == 2 * records - 2);
    lines.erase(lines.begin(), lines.begin() + 2);
    report = audited(from);
    BOOST_TEST(!report.failed());
    BOOST_TEST(report.out_of_reach == 2u);
    BOOST_TEST(report.plan.notes.size() == 1u);
    lines.erase(lines.begin());
    BOOST_TEST(faults_of(audited(from)) == names{"missing e3-1"}, boost::test_tools::per_element());
    lines.clear();
    BOOST_TEST(faults_of(audited(from)).size() == records - 2);
    from.age(commit, sink::mark{0, {3, 1}});  // of an earlier epoch: of this one all is expected
    BOOST_TEST(faults_of(audited(from)).size() == records);
}

BOOST_AUTO_TEST_CASE(a_sink_that_begins_late_and_has_all_that_is_expected_is_no_note)
{
    fake_reader from;
    from.age(commit, sink::mark{1, {1, 1}});
    from.age(repository);
    auto const report = audited(from);
    BOOST_TEST(!report.failed());
    BOOST_TEST(report.out_of_reach == 0u);
    BOOST_TEST(report.plan.notes.empty());
}

BOOST_AUTO_TEST_CASE(a_sink_of_which_all_is_out_of_reach_is_a_failure)
{
    fake_reader from;
    for (auto const each : {repository, commit, dead_letters}) {
        from.age(each);
        from.contents[each].clear();
    }
    auto const report = audited(from);
    BOOST_TEST(report.failed());
    BOOST_TEST(!report.compared.any_fault());
    BOOST_TEST(report.out_of_reach == 2 * records);
}

BOOST_AUTO_TEST_CASE(an_optional_topic_is_compared_from_its_first_event_on)
{
    fake_reader from(event::topic::otlpspans);
    auto& lines = from.contents[optional];
    auto report = audited(from);
    BOOST_TEST(!report.failed());
    BOOST_TEST(report.compared.compared() == 3 * records);
    BOOST_TEST(report.plan.notes.empty());
    lines.erase(lines.begin(), lines.begin() + 4);
    report = audited(from);
    BOOST_TEST(!report.failed());
    BOOST_TEST(report.compared.compared() == 3 * records - 4);
    BOOST_TEST(report.plan.notes.size() == 1u);
    lines.erase(lines.begin() + 1);
    BOOST_TEST(faults_of(audited(from)) == names{"missing e6-2"}, boost::test_tools::per_element());
    lines.clear();
    report = audited(from);
    BOOST_TEST(!report.failed());
    BOOST_TEST(report.compared.compared() == 2 * records);
}

// Each partition begins with the first event of its own repositories.
BOOST_AUTO_TEST_CASE(an_optional_topic_begins_where_the_first_of_its_partitions_does)
{
    fake_reader from(event::topic::otlpspans);
    auto const all = std::exchange(from.contents[optional], {});
    auto& other = from.add(event::topic::otlpspans);
    for (auto const& each : all)
        if (each.position.sequence > 3)
            (each.position.sequence < 7 ? other : from.contents[optional]).push_back(each);
    auto const report = audited(from);
    BOOST_TEST(!report.failed());
    BOOST_TEST(report.compared.compared() == 3 * records - 3);
    from.contents[optional].erase(from.contents[optional].begin());
    BOOST_TEST(faults_of(audited(from)) == names{"missing e7-2"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_later_epoch_is_compared_from_its_first_event_on)
{
    fake_reader from;
    auto plan = whole();
    plan.epoch = 2;
    auto report = audited(from, plan);
    BOOST_TEST(report.compared.compared() == 0u);
    BOOST_TEST(report.of_earlier_epochs == 2 * records);
    from.contents[repository].push_back(
        {event::topic::repository, {}, "cloud:one", value_of({8, 0}, "t", "webhook", 2), {}});
    report = audited(from, plan);
    BOOST_TEST(report.plan.first == 8u);
    BOOST_TEST(report.plan.notes.size() == 1u);
}

BOOST_AUTO_TEST_CASE(it_gives_up_where_more_is_wrong_than_it_holds)
{
    fake_reader from;
    for (std::uint32_t index = 0; index <= flow::comparison::unsettled_max; ++index)
        from.contents[commit].push_back({{}, {}, "", value_of({records, 10 + index}, "t"), {}});
    auto const report = audited(from);
    BOOST_TEST(report.gave_up);
    BOOST_TEST(report.failed());
    BOOST_TEST(report.compared.faults().size() == flow::comparison::listed_max);
}

BOOST_AUTO_TEST_CASE(nothing_compared_is_a_failure_only_where_something_was_skipped)
{
    fake_reader from;
    auto plan = whole();
    plan.first = records + 1;
    BOOST_TEST(!audited(from, plan).failed());
    plan.skips = true;
    BOOST_TEST(audited(from, plan).failed());
}
