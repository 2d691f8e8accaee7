#include "journal/inspect.hpp"

#include "unit/journal/sim_log.hpp"

#include <algorithm>

using namespace bbstream;
using namespace bbstream::journal;
using namespace bbstream::journal::test;

namespace {

check_report checked(sim_log& log)
{
    auto const in = log.disk.attach();
    auto report = check(*in);
    BOOST_REQUIRE_MESSAGE(report.has_value(), (report ? "" : report.error().message));
    return *report;
}

bool finds(check_report const& report, std::string const& part)
{
    return std::any_of(report.findings.begin(), report.findings.end(),
                       [&](finding const& each) { return to_string(each).find(part) != std::string::npos; });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(inspecting)

BOOST_AUTO_TEST_CASE(status_tells_the_segments_beside_the_owner)
{
    sim_log log;
    log.open();
    log.append_until_segment(3);
    auto const in = log.disk.attach();
    auto const seen = inspect(*in);
    BOOST_REQUIRE(seen.has_value());
    auto const status = log.view->status();
    BOOST_TEST((seen->status.identity == status.identity));
    BOOST_TEST(seen->status.first == 1u);
    BOOST_TEST(seen->status.last == status.last);
    BOOST_REQUIRE(seen->segments.size() == 3u);
    BOOST_TEST(seen->segments[0].name == segment_name(1));
    BOOST_TEST(seen->segments[1].first == seen->segments[0].last + 1);
    BOOST_TEST(seen->segments[2].last == status.last);
    BOOST_TEST(seen->segments[2].last_received == log.now);
    BOOST_TEST(seen->segments[0].bytes == 64u << 10);
    BOOST_TEST(seen->segments[0].end <= seen->segments[0].bytes);
}

BOOST_AUTO_TEST_CASE(an_empty_directory_holds_no_journal)
{
    sim_disk disk(1, true);
    auto const in = disk.attach();
    for (auto const& error : {inspect(*in).error(), check(*in).error(), stored_log::open(disk.attach()).error()}) {
        BOOST_TEST((error.kind == failure_kind::invalid));
        BOOST_TEST(error.message.find("no journal") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(fsck_counts_what_is_good)
{
    sim_log log;
    log.open();
    for (int i = 0; i < 10; ++i)
        log.must_append(3);
    auto const report = checked(log);
    BOOST_TEST(!report.damaged());
    BOOST_TEST(report.findings.empty());
    BOOST_TEST(report.records == 30u);
    BOOST_TEST(report.frames == 10u);
}

BOOST_AUTO_TEST_CASE(fsck_names_each_damage_and_the_records_that_it_costs)
{
    sim_log log;
    log.open();
    for (int i = 0; i < 5; ++i)
        log.must_append();
    log.append_until_segment(3);
    auto const last = log.view->status().last;
    log.close();
    log.disk.flip_bit(segment_name(1), block_bytes + 100, 0);
    log.disk.flip_bit(segment_name(1), 3 * block_bytes + 100, 0);
    log.disk.flip_bit(segment_name(2), block_bytes + 100, 0);
    auto const report = checked(log);
    BOOST_TEST(report.damaged());
    BOOST_TEST(report.findings.size() == 3u);
    BOOST_TEST(
        finds(report, "damage " + segment_name(1) + " at 4096: the frame's checksum is wrong; record 1 is lost"));
    BOOST_TEST(finds(report, "at 12288: the frame's checksum is wrong; record 3 is lost"));
    BOOST_TEST(finds(report, "damage " + segment_name(2) + " at 4096"));
    BOOST_TEST(report.records == last - 2 - 4);
}

BOOST_AUTO_TEST_CASE(fsck_goes_on_behind_a_lost_header_and_a_missing_segment)
{
    sim_log log;
    log.open();
    log.append_until_segment(5);
    log.close();
    log.disk.erase(segment_name(2));
    log.disk.flip_bit(segment_name(4), 20, 0);
    auto const report = checked(log);
    BOOST_TEST(finds(report, segment_name(3) + " at 0: segment " + segment_name(2) + " before it is missing"));
    BOOST_TEST(finds(report, segment_name(4) + " at 0: the header's checksum is wrong"));
    BOOST_TEST(report.segments.size() == 4u);
    BOOST_TEST(report.segments.back().name == segment_name(5));
}

BOOST_AUTO_TEST_CASE(fsck_calls_a_torn_tail_no_damage)
{
    bool noted = false;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        sim_log log(true, seed);
        log.open();
        log.must_append();
        log.disk.cut_after(0);
        log.append(8);
        log.lose_power();
        auto const report = checked(log);
        BOOST_TEST(!report.damaged());
        noted = noted || finds(report, "note " + segment_name(1) + " at 8192: a torn write");
    }
    BOOST_TEST(noted);
}

BOOST_AUTO_TEST_CASE(a_stored_log_reads_what_was_durable_when_it_was_opened)
{
    sim_log log;
    log.open();
    log.append_until_segment(3);
    auto const stored = stored_log::open(log.disk.attach());
    BOOST_REQUIRE(stored.has_value());
    auto const last = log.view->status().last;
    log.must_append();
    BOOST_TEST((*stored)->status().last == last);
    std::uint64_t after = 0;
    while (after < last) {
        auto const batch = (*stored)->read_after(after, 10'000);
        BOOST_REQUIRE(batch.has_value());
        for (auto const& each : batch->records)
            BOOST_REQUIRE(each.sequence == ++after);
    }
    BOOST_TEST((*stored)->read_after(last, 10'000)->records.empty());
}

BOOST_AUTO_TEST_SUITE_END()
