#include "journal/recovery.hpp"

#include "unit/journal/sim_log.hpp"

using namespace bbstream;
using namespace bbstream::journal;
using namespace bbstream::journal::test;

namespace {

// The start must fail for damage, and say where and what to do.
void must_refuse(sim_log& log, std::string const& segment, std::string const& why)
{
    auto const opened = log.try_open();
    BOOST_REQUIRE(!opened);
    auto const& error = opened.error();
    BOOST_TEST((error.kind == failure_kind::corrupt));
    for (auto const& part : {segment, why, std::string("offset"), std::string("bbstream journal fsck")})
        BOOST_TEST(error.message.find(part) != std::string::npos, error.message << " lacks " << part);
}

// Removes the oldest segment in the moment when a file is opened for reading.
class trimming_directory final : public directory {
   public:
    explicit trimming_directory(sim_log& log) : log_(log) {}

    std::string const& path() const override { return log_.in->path(); }
    result<void> lock() override { return {}; }
    result<std::vector<std::string>> list() const override { return log_.in->list(); }
    bool exists(std::string const& name) const override { return log_.in->exists(name); }
    result<void> rename(std::string const&, std::string const&) override { return {}; }
    result<void> remove(std::string const&) override { return {}; }
    result<void> sync() override { return {}; }
    bool direct() const override { return true; }
    result<std::unique_ptr<file>> open(std::string const& name, file_access how) override
    {
        log_.now += days(100);
        log_.view->release(log_.view->status().last);
        for (int i = 0; i < 10; ++i)
            log_.wait();
        return log_.in->open(name, how);
    }

   private:
    sim_log& log_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(recovery)

BOOST_AUTO_TEST_CASE(a_torn_tail_is_cut_and_said)
{
    bool cut = false;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        sim_log log(seed % 2 == 0, seed);
        log.open();
        log.must_append();
        auto const durable = log.view->status().last;
        log.disk.cut_after(0);
        BOOST_TEST((log.append(8) == append_status::refused));
        log.lose_power();
        log.open();
        auto const last = log.view->status().last;
        BOOST_TEST((last == durable || last == durable + 8));
        cut = cut || log.said("torn");
        log.must_append();
        BOOST_TEST(log.read_all() == last + 1);
    }
    BOOST_TEST(cut);
}

BOOST_AUTO_TEST_CASE(damage_before_a_later_frame_stops_the_start)
{
    sim_log log;
    log.open();
    for (int i = 0; i < 5; ++i)
        log.must_append();
    log.lose_power();
    log.disk.flip_bit(segment_name(1), block_bytes + 100, 3);
    must_refuse(log, segment_name(1), "offset 4096");
    log.disk.flip_bit(segment_name(1), block_bytes + 100, 3);
    log.open();
    BOOST_TEST(log.read_all() == 5u);
}

BOOST_AUTO_TEST_CASE(damage_of_the_last_frame_after_a_clean_stop_stops_the_start)
{
    sim_log log;
    log.open();
    log.must_append();
    log.close();
    log.disk.flip_bit(segment_name(1), block_bytes + 100, 3);
    must_refuse(log, segment_name(1), "checksum");
}

BOOST_AUTO_TEST_CASE(damage_of_the_last_frame_is_found_once_a_start_has_seen_it_good)
{
    sim_log log;
    log.open();
    log.must_append();
    log.lose_power();
    log.open();
    log.lose_power();
    log.disk.flip_bit(segment_name(1), block_bytes + 100, 3);
    must_refuse(log, segment_name(1), "checksum");
}

BOOST_AUTO_TEST_CASE(damage_of_an_older_segment_stops_the_start)
{
    sim_log log;
    log.open();
    log.append_until_segment(3);
    log.close();
    log.disk.flip_bit(segment_name(1), block_bytes + 20'000, 0);
    must_refuse(log, segment_name(1), "checksum");
}

BOOST_AUTO_TEST_CASE(damage_beyond_what_a_start_verifies_is_found_when_it_is_read)
{
    sim_log log;
    log.options.verify_bytes_max = 0;
    log.open();
    log.append_until_segment(3);
    log.close();
    log.disk.flip_bit(segment_name(1), block_bytes + 100, 0);
    log.open();
    auto const read = read_after(*log.in, *log.view, 0, 1'000);
    BOOST_REQUIRE(!read);
    BOOST_TEST((read.error().kind == failure_kind::corrupt));
    BOOST_TEST(read.error().message.find(segment_name(1)) != std::string::npos);
    BOOST_TEST(read.error().message.find("offset 4096") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_header_that_is_damaged_stops_the_start)
{
    sim_log log;
    log.open();
    log.append_until_segment(2);
    log.close();
    log.disk.flip_bit(segment_name(2), 40, 1);
    must_refuse(log, segment_name(2), "header");
}

BOOST_AUTO_TEST_CASE(a_missing_segment_stops_the_start)
{
    sim_log log;
    log.open();
    log.append_until_segment(3);
    log.close();
    log.disk.erase(segment_name(2));
    must_refuse(log, segment_name(3), segment_name(2) + " before it is missing");
}

BOOST_AUTO_TEST_CASE(a_segment_that_is_too_short_stops_the_start)
{
    sim_log log;
    log.open();
    log.append_until_segment(2);
    log.close();
    log.disk.truncate(segment_name(1), 8'192);
    must_refuse(log, segment_name(1), "ends before its frames");
    log.disk.truncate(segment_name(1), 0);
    must_refuse(log, segment_name(1), "too short");
}

BOOST_AUTO_TEST_CASE(a_segment_of_another_journal_stops_the_start)
{
    sim_log log, other;
    for (auto* each : {&log, &other}) {
        each->open();
        each->append_until_segment(2);
        each->close();
    }
    auto const from = other.disk.attach()->open(segment_name(2), file_access::read);
    aligned_buffer block(block_bytes);
    BOOST_REQUIRE((*from)->read(0, block.data(), block_bytes).has_value());
    auto const to = log.disk.attach()->open(segment_name(2), file_access::append);
    BOOST_REQUIRE((*to)->write(0, block.data(), block_bytes).has_value());
    must_refuse(log, segment_name(2), "another journal");
}

BOOST_AUTO_TEST_CASE(what_a_dead_process_left_half_made_is_cleared_away)
{
    sim_log log;
    log.open();
    while (log.disk.names().size() < 2)
        log.must_append();
    log.lose_power();
    log.open();
    BOOST_TEST((log.disk.names() == std::vector{segment_name(1)}));
}

BOOST_AUTO_TEST_CASE(a_directory_has_one_owner)
{
    sim_log log;
    auto const first = log.disk.attach();
    BOOST_TEST(first->lock().has_value());
    auto const second = log.disk.attach()->lock();
    BOOST_REQUIRE(!second);
    BOOST_TEST((second.error().kind == failure_kind::unavailable));
}

BOOST_AUTO_TEST_CASE(a_segment_that_goes_while_it_is_read_is_trimmed_not_damaged)
{
    sim_log log;
    log.open();
    log.append_until_segment(3);
    trimming_directory trimming(log);
    auto const read = read_after(trimming, *log.view, 0, 1'000);
    BOOST_REQUIRE(!read);
    BOOST_TEST((read.error().kind == failure_kind::invalid));
}

BOOST_AUTO_TEST_SUITE_END()
