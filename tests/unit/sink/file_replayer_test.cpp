#include "sink/file_replayer.hpp"

#include "base/file.hpp"
#include "support/event_batch.hpp"
#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>

using namespace bbstream;

namespace {

constexpr micros now = 1'787'565'600'000'000;  // 2026-08-24T10:00:00Z

event::batch batch_of(std::vector<event::topic> const& topics, std::string const& data)
{
    event::batch batch;
    for (std::uint32_t index = 0; index < topics.size(); ++index)
        test::append(batch, {topics[index], {1, index}, "cloud:one", data + std::to_string(index), {}});
    return batch;
}

struct fixture {
    sink::file_replayer replayer() const { return {directory.file("events.jsonl"), now}; }
    std::string read(std::string const& name) const { return read_file(directory.file(name), 1 << 20).value(); }
    bool exists(std::string const& name) const { return std::filesystem::exists(directory.file(name)); }

    test::temporary_directory directory;
    std::string const events = "replay.20260824T100000.000000Z.jsonl";
    std::string const spans = "otlpspans.replay.20260824T100000.000000Z.jsonl";
    std::string const letters = "dlq.replay.20260824T100000.000000Z.jsonl";
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(file_replayer, fixture)

BOOST_AUTO_TEST_CASE(events_dead_letters_and_what_is_optional_have_files_of_their_own)
{
    auto to = replayer();
    BOOST_REQUIRE(to.open());
    BOOST_TEST(to.place() == directory.file(events));
    BOOST_TEST(to.put(batch_of({event::topic::commit, event::topic::build}, "a")).has_value());
    BOOST_TEST(!exists(letters));
    BOOST_TEST(to.put(batch_of({event::topic::dlq, event::topic::commit}, "b")).has_value());
    BOOST_TEST(read(events) == "a0\na1\nb1\n");
    BOOST_TEST(read(letters) == "b0\n");
    BOOST_TEST(!exists(spans));
    BOOST_TEST(to.put(batch_of({event::topic::build, event::topic::otlpspans}, "c")).has_value());
    BOOST_TEST(read(events) == "a0\na1\nb1\nc0\n");
    BOOST_TEST(read(spans) == "c1\n");
}

BOOST_AUTO_TEST_CASE(a_file_that_is_there_is_left_alone)
{
    auto first = replayer();
    BOOST_REQUIRE(first.open());
    BOOST_REQUIRE(first.put(batch_of({event::topic::commit}, "a")));
    auto const again = replayer().open();
    BOOST_REQUIRE(!again.has_value());
    BOOST_TEST((again.error().kind == failure_kind::permanent));
    BOOST_TEST(again.error().message.find(events) != std::string::npos);
    BOOST_TEST(read(events) == "a0\n");
}

BOOST_AUTO_TEST_SUITE_END()
