#include "state/checkpoints.hpp"

#include "base/crc32c.hpp"
#include "base/file.hpp"
#include "filled_shard.hpp"
#include "numbered_key.hpp"
#include "state/checkpoint_choice.hpp"
#include "state/shard_codec.hpp"
#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

namespace bbstream::state {

namespace {

constexpr std::uint64_t size_max = 1 << 20;
constexpr journal::identity our_journal{1, 2, 3};

std::string bytes_of(shard const& of)
{
    std::string bytes;
    shard_codec::encode(of, {}, bytes);
    return bytes;
}

struct fixture {
    checkpoints open() { return {directory.path().string(), our_journal}; }
    std::string file(std::size_t shard, std::uint64_t applied) const
    {
        return checkpoint_path(directory.path().string(), shard, applied);
    }
    std::string new_file(std::size_t shard) const { return new_checkpoint_path(directory.path().string(), shard); }
    std::string read(std::size_t shard, std::uint64_t applied) const
    {
        return read_file(file(shard, applied), 1 << 20).value();
    }
    void overwrite(std::size_t shard, std::uint64_t applied, std::string const& bytes)
    {
        std::ofstream(file(shard, applied), std::ios::binary) << bytes;
    }

    // All shards, in effect at `sequence`.
    void write_all(checkpoints& to, state& from, std::uint64_t sequence)
    {
        from.advance(sequence);
        for (std::size_t shard = 0; shard < shard_count; ++shard)
            BOOST_TEST_REQUIRE(to.write(from, shard).has_value());
        BOOST_TEST_REQUIRE(to.take_effect(sequence, 1).has_value());
    }

    test::temporary_directory directory;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(checkpoint, fixture)

BOOST_AUTO_TEST_CASE(an_empty_directory_is_a_first_start)
{
    auto files = open();
    state all(size_max);
    auto const report = files.load(all).value();
    BOOST_TEST(report.count(shard_outcome::missing) == shard_count);
    BOOST_TEST(files.lowest_applied() == 0u);
    BOOST_TEST(files.highest_applied() == 0u);
}

BOOST_AUTO_TEST_CASE(what_is_written_is_loaded)
{
    state all(size_max);
    for (std::size_t shard = 0; shard < shard_count; shard += 7)
        fill(all.shard(shard), shard * 100);
    all.shard(7).set_units_max(10);
    all.shard(7).forget(now);
    auto files = open();
    write_all(files, all, 42);

    auto again = open();
    state loaded(size_max);
    auto const report = again.load(loaded).value();
    BOOST_TEST(report.count(shard_outcome::loaded) == shard_count);
    for (std::size_t shard = 0; shard < shard_count; ++shard) {
        BOOST_TEST(bytes_of(loaded.shard(shard)) == bytes_of(all.shard(shard)));
        BOOST_TEST(loaded.applied(shard) == 42u);
        BOOST_TEST(loaded.shard(shard).evicted() == all.shard(shard).evicted());
    }
    BOOST_TEST(all.shard(7).evicted() > 0u);
    BOOST_TEST(again.lowest_applied() == 42u);
}

BOOST_AUTO_TEST_CASE(a_shard_whose_rename_fails_hinders_no_other_and_is_tried_again)
{
    auto files = open();
    state all(size_max);
    write_all(files, all, 10);
    std::filesystem::create_directories(file(3, 20) + "/in the way");
    all.advance(20);
    for (std::size_t const shard : {2, 3, 4})
        BOOST_TEST_REQUIRE(files.write(all, shard).has_value());
    auto const failed = files.take_effect(20, 1);
    BOOST_TEST_REQUIRE(!failed.has_value());
    BOOST_TEST(failed.error().message.find("shard-03") != std::string::npos);
    BOOST_TEST(files.highest_applied() == 20u);

    std::filesystem::remove_all(file(3, 20));
    BOOST_TEST_REQUIRE(files.take_effect(20, 1).has_value());
    state loaded(size_max);
    auto const report = open().load(loaded).value();
    for (std::size_t const shard : {2, 3, 4})
        BOOST_TEST(report.shards[shard].applied == 20u);
}

BOOST_AUTO_TEST_CASE(a_prepared_checkpoint_that_somebody_removes_is_written_again)
{
    auto files = open();
    state all(size_max);
    write_all(files, all, 10);
    all.advance(20);
    BOOST_TEST_REQUIRE(files.write(all, 0).has_value());
    std::filesystem::remove(new_file(0));
    BOOST_TEST(!files.take_effect(20, 1).has_value());
    all.advance(30);
    BOOST_TEST_REQUIRE(files.write(all, 0).has_value());
    BOOST_TEST_REQUIRE(files.take_effect(30, 1).has_value());
    BOOST_TEST(files.highest_applied() == 30u);
}

BOOST_AUTO_TEST_CASE(a_checkpoint_takes_effect_only_when_the_sink_has_passed_it)
{
    auto files = open();
    state all(size_max);
    write_all(files, all, 10);
    all.advance(20);
    BOOST_TEST(files.write(all, 5).has_value());
    BOOST_TEST(files.take_effect(19, 1).has_value());
    BOOST_TEST(files.highest_applied() == 10u);
    {
        auto crashed = open();
        BOOST_TEST(crashed.load(all).value().shards[5].applied == 10u);  // and what was only prepared is removed
        BOOST_TEST(!std::filesystem::exists(new_file(5)));
    }
}

BOOST_AUTO_TEST_CASE(a_state_that_goes_back_has_nothing_beyond_and_leaves_nothing)
{
    auto files = open();
    state all(size_max);
    write_all(files, all, 10);
    all.advance(20);
    BOOST_TEST(files.write(all, 5).has_value());
    BOOST_TEST(files.load(all, 9).has_value());
    BOOST_TEST(all.applied(5) == 0u);
    BOOST_TEST(files.highest_applied() == 0u);
    BOOST_TEST(std::filesystem::is_empty(directory.path()));
    BOOST_TEST(files.take_effect(100, 1).has_value());
}

BOOST_AUTO_TEST_CASE(a_prepared_checkpoint_waits_and_is_not_replaced)
{
    auto files = open();
    state all(size_max);
    all.advance(20);
    BOOST_TEST(files.write(all, 5).has_value());
    fill(all.shard(5), 1);
    all.advance(30);
    BOOST_TEST(files.write(all, 5).has_value());
    BOOST_TEST(files.take_effect(20, 1).has_value());
    BOOST_TEST(files.highest_applied() == 20u);
    BOOST_TEST(files.lowest_applied() == 0u);
    all.advance(30);
    BOOST_TEST(files.write(all, 5).has_value());
    BOOST_TEST(files.take_effect(100, 1).has_value());
    BOOST_TEST(files.highest_applied() == 30u);
    state loaded(size_max);
    BOOST_TEST(open().load(loaded).value().shards[5].applied == 30u);
    BOOST_TEST(bytes_of(loaded.shard(5)) == bytes_of(all.shard(5)));
}

BOOST_AUTO_TEST_CASE(every_damaged_byte_is_noticed)
{
    state all(size_max);
    fill(all.shard(3), 1);
    auto files = open();
    write_all(files, all, 42);
    std::string const whole = read(3, 42);
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string bytes = whole;
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << at % 8));
        overwrite(3, 42, bytes);
        state loaded(size_max);
        auto const report = open().load(loaded).value();
        BOOST_TEST_REQUIRE((report.shards[3].outcome == shard_outcome::damaged), "byte " << at);
        BOOST_TEST_REQUIRE(report.count(shard_outcome::loaded) == shard_count - 1);
        BOOST_TEST(report.shards[3].why.find("shard-03") != std::string::npos);
        BOOST_TEST(loaded.applied(3) == 0u);
        BOOST_TEST(loaded.shard(3).units() == 0u);
    }
}

BOOST_AUTO_TEST_CASE(every_shortened_file_is_noticed)
{
    state all(size_max);
    fill(all.shard(3), 1);
    auto files = open();
    all.advance(42);
    BOOST_TEST(files.write(all, 3).has_value());
    BOOST_TEST(files.take_effect(42, 1).has_value());
    std::string const whole = read(3, 42);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        overwrite(3, 42, whole.substr(0, size));
        state loaded(size_max);
        BOOST_TEST_REQUIRE((open().load(loaded).value().shards[3].outcome == shard_outcome::damaged), "size " << size);
    }
    overwrite(3, 42, whole + "x");
    state loaded(size_max);
    BOOST_TEST((open().load(loaded).value().shards[3].outcome == shard_outcome::damaged));
}

BOOST_AUTO_TEST_CASE(lies_with_a_right_checksum_are_noticed)
{
    state all(size_max);
    fill(all.shard(3), 1);
    std::string const whole = bytes_of(all.shard(3));
    for (std::size_t at = 60; at + 4 < whole.size(); ++at) {  // behind the header
        std::string bytes = whole;
        bytes[at] = static_cast<char>(bytes[at] ^ 0x40);
        std::uint32_t const checksum = crc32c(0, bytes.data(), bytes.size() - 4);
        for (std::size_t byte = 0; byte < 4; ++byte)
            bytes[bytes.size() - 4 + byte] = static_cast<char>(checksum >> (8 * byte));
        BOOST_TEST_REQUIRE(shard_codec::decode_header(bytes).has_value());
        shard loaded;
        if (auto const read = shard_codec::decode_entries(bytes, loaded); !read)
            BOOST_TEST(loaded.units() == 0u);
        else
            BOOST_TEST(bytes_of(loaded).size() == whole.size());
    }
}

BOOST_AUTO_TEST_CASE(checkpoints_of_another_journal_version_or_shard_are_told_apart)
{
    state all(size_max);
    auto files = open();
    write_all(files, all, 42);
    overwrite(4, 42, read(3, 42));

    std::string bytes;
    checkpoint_header header;
    header.version = checkpoint_version + 1;
    header.journal = our_journal;
    header.applied = 42;
    shard_codec::encode(all.shard(5), header, bytes);
    overwrite(5, 42, bytes);

    header.version = checkpoint_version;
    header.journal = {9};
    shard_codec::encode(all.shard(6), header, bytes);
    overwrite(6, 42, bytes);

    auto again = open();
    auto const report = again.load(all).value();
    BOOST_TEST((report.shards[4].outcome == shard_outcome::damaged));
    BOOST_TEST((report.shards[5].outcome == shard_outcome::other_version));
    BOOST_TEST((report.shards[6].outcome == shard_outcome::other_identity));
    BOOST_TEST(report.count(shard_outcome::loaded) == shard_count - 3);
    BOOST_TEST(again.lowest_applied() == 0u);
    BOOST_TEST(again.highest_applied() == 42u);
}

BOOST_AUTO_TEST_CASE(a_shard_that_holds_more_than_the_fold_has_come_to_keeps_its_label)
{
    state all(size_max);
    {
        auto files = open();
        write_all(files, all, 20);
        all.advance(30);
        BOOST_TEST_REQUIRE(files.write(all, 7).has_value());
        BOOST_TEST_REQUIRE(files.take_effect(30, 1).has_value());
    }
    auto files = open();
    BOOST_TEST_REQUIRE(files.load(all).has_value());
    all.advance(21);
    BOOST_TEST_REQUIRE(files.write(all, 7).has_value());
    BOOST_TEST_REQUIRE(files.take_effect(30, 1).has_value());
    BOOST_TEST(files.highest_applied() == 30u);
    BOOST_TEST(open().load(all).value().shards[7].applied == 30u);
}

BOOST_AUTO_TEST_CASE(older_checkpoints_are_kept_and_found_by_what_is_in_them)
{
    auto files = open();
    state all(size_max);
    for (std::uint64_t sequence = 10; sequence <= 200; sequence += 10) {
        fill(all.shard(3), sequence);
        write_all(files, all, sequence);
    }
    auto const kept = list_checkpoints(directory.path().string()).value()[3];
    BOOST_TEST_REQUIRE(kept.size() == older_checkpoints_max + 1);
    BOOST_TEST(kept.back() == 200u);
    for (std::uint64_t const at_most : {kept[2], kept[2] + 9, kept[3] - 1}) {
        state looked(size_max);
        auto const report = open().look(looked, at_most, 1).value();
        BOOST_TEST(report.count(shard_outcome::loaded) == shard_count);
        BOOST_TEST(looked.applied(3) == kept[2]);
        BOOST_TEST(looked.shard(3).knows_repository(numbered_key(kept[2])));
        BOOST_TEST(!looked.shard(3).knows_repository(numbered_key(kept[2] + 10)));
    }
    state looked(size_max);
    BOOST_TEST(open().look(looked, kept[0] - 1, 1).value().count(shard_outcome::missing) == shard_count);
    BOOST_TEST(open().look(looked, kept[0] - 1, kept[1]).value().shards[3].applied == kept[1]);
    BOOST_TEST(list_checkpoints(directory.path().string()).value()[3] == kept, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(older_checkpoints_go_with_the_records_behind_them)
{
    auto files = open();
    state all(size_max);
    for (std::uint64_t const sequence : {10, 20, 30})
        write_all(files, all, sequence);
    auto again = open();  // a start knows them too
    BOOST_TEST_REQUIRE(again.load(all).has_value());
    all.advance(40);
    BOOST_TEST_REQUIRE(again.write(all, 5).has_value());
    BOOST_TEST_REQUIRE(again.take_effect(40, 21).has_value());
    auto const kept = list_checkpoints(directory.path().string()).value();
    BOOST_TEST(kept[5] == (std::vector<std::uint64_t>{20, 30, 40}), boost::test_tools::per_element());
    BOOST_TEST(kept[6] == (std::vector<std::uint64_t>{10, 20, 30}), boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(again.load(all, 35).has_value());
    BOOST_TEST(all.applied(5) == 30u);
    BOOST_TEST(again.highest_applied() == 30u);
    BOOST_TEST(list_checkpoints(directory.path().string()).value()[5] == (std::vector<std::uint64_t>{20, 30}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_damaged_checkpoint_leaves_its_place_to_the_one_before_it)
{
    auto files = open();
    state all(size_max);
    for (std::uint64_t const sequence : {10, 20})
        write_all(files, all, sequence);
    overwrite(5, 20, "no checkpoint");
    auto again = open();
    state loaded(size_max);
    auto const report = again.load(loaded).value();
    BOOST_TEST(report.count(shard_outcome::loaded) == shard_count);
    BOOST_TEST(report.shards[5].why.find("shard-05") != std::string::npos);
    BOOST_TEST(loaded.applied(5) == 10u);
    BOOST_TEST(again.lowest_applied() == 10u);
    BOOST_TEST(!std::filesystem::exists(file(5, 20)));
}

BOOST_AUTO_TEST_CASE(a_checkpoint_under_the_name_of_another_record_is_damaged)
{
    auto files = open();
    state all(size_max);
    write_all(files, all, 10);
    std::filesystem::rename(file(5, 10), file(5, 20));
    BOOST_TEST((open().load(all).value().shards[5].outcome == shard_outcome::damaged));
}

BOOST_AUTO_TEST_CASE(a_file_that_can_not_be_read_is_no_damage)
{
    auto files = open();
    state all(size_max);
    write_all(files, all, 10);
    std::filesystem::remove(file(5, 10));
    std::filesystem::create_directory(file(5, 10));
    auto const loaded = open().load(all);
    BOOST_TEST_REQUIRE(loaded.has_error());
    BOOST_TEST(loaded.error().message.find("shard-05") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_directory_that_is_not_there_is_an_error_with_its_name)
{
    checkpoints files("/nonexistent/bbstream", our_journal);
    state all(size_max);
    all.advance(1);
    auto const written = files.write(all, 0);
    BOOST_TEST_REQUIRE(written.has_error());
    BOOST_TEST(written.error().message.find("/nonexistent/bbstream/shard-00") != std::string::npos);
    BOOST_TEST(files.highest_applied() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace bbstream::state
