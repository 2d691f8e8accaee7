#include "daemon/command/event_text.hpp"

#include <boost/test/unit_test.hpp>

using bbstream::command::event_text;

namespace {

// A ref.updated event of which the test says the repository's name.
std::string event_of(std::string const& full_name)
{
    return R"({"specversion":"1.0","type":"dev.bbstream.ref.updated.v1","subject":"refs/heads/main",)"
           R"("time":"2026-08-24T10:00:00.041000Z","partitionkey":"cloud:1","data":{"repository":{"fullName":)" +
           full_name +
           R"(},"oldSha":"1111111111111111111111111111111111111111",)"
           R"("newSha":"2222222222222222222222222222222222222222"}})";
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_line_tells_when_what_where_and_from_what_to_what)
{
    auto const line = event_text(event_of(R"("acme/ledger")"), false);
    BOOST_TEST(line ==
               "2026-08-24 10:00:00  ref.updated       acme/ledger           refs/heads/main           "
               "111111111111..222222222222");
}

BOOST_AUTO_TEST_CASE(a_repository_without_a_name_is_known_by_its_key)
{
    BOOST_TEST(event_text(event_of("null"), false).find("  cloud:1  ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(no_value_of_an_event_commands_the_terminal)
{
    auto const line = event_text(event_of(R"("a\u001b[2Jb\u009bc\u007fd\n")"), false);
    BOOST_TEST(line.find("a [2Jb c d") != std::string::npos);
    for (char const c : line)
        BOOST_TEST((static_cast<unsigned char>(c) >= 0x20 && c != 0x7f));
}

BOOST_AUTO_TEST_CASE(what_is_no_event_is_shown_as_it_is_but_harmless)
{
    BOOST_TEST(event_text("torn {\x1b[1m", false) == "torn { [1m");
    BOOST_TEST(event_text(R"({"not":"an event"})", false) == R"({"not":"an event"})");
}

BOOST_AUTO_TEST_CASE(color_is_for_terminals_only)
{
    BOOST_TEST(event_text(event_of("null"), true).find("\x1b[") != std::string::npos);
    BOOST_TEST(event_text(event_of("null"), false).find("\x1b[") == std::string::npos);
}
