#include "sink/line_follower.hpp"

#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <vector>

namespace sink = bbstream::sink;

namespace {

void append(std::string const& path, std::string const& text)
{
    std::ofstream(path, std::ios::app) << text;
}

std::vector<std::string> rest(sink::line_follower& of)
{
    std::vector<std::string> lines;
    while (auto line = of.next().value())
        lines.push_back(*line);
    return lines;
}

using lines = std::vector<std::string>;

std::string const rotated = "events.0001.0000000000000000001.000000.jsonl";

}  // namespace

BOOST_AUTO_TEST_CASE(the_last_lines_may_lie_in_several_files)
{
    bbstream::test::temporary_directory const directory;
    append(directory.file(rotated), "a\nb\nc\n");
    append(directory.file("events.jsonl"), "d\ne\n");
    for (auto const& [count, expected] : std::vector<std::pair<std::uint64_t, lines>>{{1, {"e"}},
                                                                                      {2, {"d", "e"}},
                                                                                      {3, {"c", "d", "e"}},
                                                                                      {5, {"a", "b", "c", "d", "e"}},
                                                                                      {9, {"a", "b", "c", "d", "e"}},
                                                                                      {0, {"a", "b", "c", "d", "e"}}}) {
        sink::line_follower follower(directory.file("events.jsonl"));
        BOOST_REQUIRE(follower.seek_last(count));
        BOOST_TEST(rest(follower) == expected, boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(a_torn_line_waits_for_its_end)
{
    bbstream::test::temporary_directory const directory;
    auto const path = directory.file("events.jsonl");
    append(path, "whole\nto");
    sink::line_follower follower(path);
    BOOST_REQUIRE(follower.seek_last(1));
    BOOST_TEST(rest(follower) == lines{"whole"}, boost::test_tools::per_element());
    append(path, "rn\n");
    BOOST_TEST(rest(follower) == lines{"torn"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(lines_before_and_after_a_rotation_come_in_order)
{
    bbstream::test::temporary_directory const directory;
    auto const path = directory.file("events.jsonl");
    sink::line_follower follower(path);
    BOOST_REQUIRE(follower.seek_last(10));
    BOOST_TEST(rest(follower).empty());
    append(path, "a\n");
    BOOST_TEST(rest(follower) == lines{"a"}, boost::test_tools::per_element());
    append(path, "b\n");
    std::filesystem::rename(path, directory.file(rotated));
    append(path, "c\n");
    std::filesystem::rename(path, directory.file("events.0001.0000000000000000009.000000.jsonl"));
    append(path, "d\n");
    BOOST_TEST(rest(follower) == (lines{"b", "c", "d"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_the_sink_cuts_off_is_forgotten)
{
    bbstream::test::temporary_directory const directory;
    auto const path = directory.file("events.jsonl");
    append(path, "a\nhalf a li");
    sink::line_follower follower(path);
    BOOST_REQUIRE(follower.seek_last(0));
    BOOST_TEST(rest(follower) == lines{"a"}, boost::test_tools::per_element());
    std::filesystem::resize_file(path, 2);
    BOOST_TEST(rest(follower).empty());
    append(path, "b\n");
    BOOST_TEST(rest(follower) == lines{"b"}, boost::test_tools::per_element());
}
