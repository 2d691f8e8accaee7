#include "sink/file_reader.hpp"

#include "sink/file_sink.hpp"
#include "support/event_batch.hpp"
#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream;
using namespace bbstream::test;

namespace {

constexpr std::uint64_t records = 6;

std::string value_of(std::uint64_t record)
{
    return sample_value(1, {record, 0}, "text");
}

// A file a line, as many full ones as `keep` says, and a dead letter.
void fill(std::string const& path, std::uint32_t keep)
{
    sink::file_sink_options options;
    options.path = path;
    options.size_max = value_of(1).size();
    options.keep = keep;
    options.boot = "boot";
    sink::file_sink to(options);
    BOOST_REQUIRE(to.open());
    event::batch batch;
    for (std::uint64_t record = 1; record <= records; ++record)
        append(batch, {event::topic::commit, {record, 0}, "key", value_of(record), {}});
    append(batch, {event::topic::dlq, {records, 1}, "key", sample_value(1, {records, 1}, "text"), {}});
    BOOST_REQUIRE(to.publish(batch, {{}, 1, records}));
    BOOST_REQUIRE(to.flush());
}

// As the configuration of now has it, which is not always that under which the files were written.
sink::file_reader reader_of(std::string const& path, std::uint32_t keep)
{
    config::sink from;
    from.file_path = path;
    from.file_keep = keep;
    return {from, event::usual_topics()};
}

std::size_t place_of(sink::file_reader const& from, event::topic which)
{
    std::size_t at = 0;
    while (!event::holds(from.sources().at(at).topics, which))
        ++at;
    return at;
}

std::uint64_t count_of(sink::file_reader& from, std::size_t source)
{
    for (std::uint64_t count = 0;; ++count)
        if (!from.next(source).value())
            return count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(file_reader_behavior)

BOOST_AUTO_TEST_CASE(it_begins_with_the_oldest_full_file_however_many_are_to_be_kept_now)
{
    temporary_directory const directory;
    auto const path = directory.file("events.jsonl");
    fill(path, 2);
    for (std::uint32_t const keep : {0u, 2u, 5u}) {
        auto from = reader_of(path, keep);
        BOOST_REQUIRE(from.open());
        auto const at = place_of(from, event::topic::commit);
        BOOST_TEST(from.sources()[at].begins_late);
        BOOST_TEST((from.sources()[at].begins_at == sink::mark{1, {records - 2, 0}}));
        BOOST_TEST(count_of(from, at) == 3u);
    }
}

BOOST_AUTO_TEST_CASE(without_a_full_file_all_is_expected)
{
    temporary_directory const directory;
    auto const path = directory.file("events.jsonl");
    fill(path, 2);
    auto from = reader_of(path, 2);
    BOOST_REQUIRE(from.open());
    auto const at = place_of(from, event::topic::dlq);
    BOOST_TEST(!from.sources()[at].begins_late);
    BOOST_TEST(!from.sources()[at].begins_at.has_value());
    BOOST_TEST(count_of(from, at) == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
