#include "sink/cursor_file.hpp"

#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>

using namespace bbstream;
using namespace bbstream::sink;

namespace {

file_cursor sample(std::uint64_t sequence)
{
    file_cursor made;
    made.published = {{0, 1, 0xfe, 0xff}, 3, sequence};
    made.lines[index_of(line_kind::events)] = {4'711, mark{3, {7, 0}}, mark{3, {9, 12}}};
    made.lines[index_of(line_kind::dead_letters)].last = mark{2, {1, 1}};
    made.boot = "f3a1c2d4-0000-4000-8000-123456789abc";
    return made;
}

void require_same(file_cursor const& a, file_cursor const& b)
{
    BOOST_TEST((a.published.journal == b.published.journal));
    BOOST_TEST(a.published.epoch == b.published.epoch);
    BOOST_TEST(a.published.sequence == b.published.sequence);
    BOOST_TEST((a.lines == b.lines));
    BOOST_TEST(a.boot == b.boot);
}

std::string bytes_of(std::string const& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cursor_on_disk)

BOOST_AUTO_TEST_CASE(a_slot_says_what_was_written_into_it)
{
    auto const read = parse_slot(slot_text(sample(42), 17));
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(read->first == 17u);
    require_same(read->second, sample(42));
}

BOOST_AUTO_TEST_CASE(the_longest_cursor_fits_a_slot)
{
    file_cursor longest = sample(~std::uint64_t{0});
    mark const high{9'999, {9'223'372'036'854'775'807, 999'999}};
    longest.published.epoch = ~std::uint32_t{0};
    longest.lines.fill({~std::uint64_t{0}, high, high});
    BOOST_TEST(slot_text(longest, ~std::uint64_t{0}).size() < 512u);
}

// A daemon of before the optional files must find its way, and so must one that goes back to it.
BOOST_AUTO_TEST_CASE(optional_files_are_told_of_only_where_they_were_used)
{
    auto of = sample(42);
    auto const words = [](std::string const& text) { return std::count(text.begin(), text.end(), ' '); };
    BOOST_TEST(words(slot_text(of, 17)) == 12);
    of.lines[index_of(line_kind::cdevents)] = {12, mark{3, {8, 1}}, mark{3, {9, 13}}};
    BOOST_TEST(words(slot_text(of, 17)) == 18);
    auto const read = parse_slot(slot_text(of, 17));
    BOOST_REQUIRE(read.has_value());
    require_same(read->second, of);
}

BOOST_AUTO_TEST_CASE(a_slot_with_any_damaged_byte_is_no_slot)
{
    auto const text = slot_text(sample(42), 17);
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto damaged = text;
        damaged[at] = static_cast<char>(damaged[at] ^ 1);
        BOOST_TEST(!parse_slot(damaged), at);
        BOOST_TEST(!parse_slot(text.substr(0, at)), at);
    }
}

BOOST_AUTO_TEST_CASE(a_torn_write_leaves_the_cursor_before_it)
{
    test::temporary_directory const directory;
    auto const path = directory.file("events.cursor");
    std::string after_two, after_three;
    {
        cursor_file file(path);
        BOOST_REQUIRE(!file.open().value());
        BOOST_REQUIRE(file.write(sample(1)));
        BOOST_REQUIRE(file.write(sample(2)));
        after_two = bytes_of(path);
        BOOST_REQUIRE(file.write(sample(3)));
        after_three = bytes_of(path);
    }
    BOOST_REQUIRE(after_two.size() == after_three.size());
    std::size_t changed = 0;
    for (std::size_t torn = 0; torn <= after_two.size(); ++torn) {
        if (torn < after_two.size() && after_two[torn] == after_three[torn])
            continue;
        ++changed;
        std::ofstream(path, std::ios::binary) << after_three.substr(0, torn) + after_two.substr(torn);
        cursor_file file(path);
        auto const read = file.open().value();
        BOOST_REQUIRE(read.has_value());
        BOOST_TEST((read->published.sequence == 2 || read->published.sequence == 3), torn);
        BOOST_REQUIRE(file.write(sample(4)));
    }
    BOOST_TEST(changed > 2u);
}

BOOST_AUTO_TEST_CASE(a_second_owner_is_refused)
{
    test::temporary_directory const directory;
    cursor_file first(directory.file("events.cursor"));
    BOOST_REQUIRE(first.open());
    cursor_file second(directory.file("events.cursor"));
    auto const refused = second.open();
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error().kind == failure_kind::permanent));
    BOOST_TEST(refused.error().message.find("another process") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
