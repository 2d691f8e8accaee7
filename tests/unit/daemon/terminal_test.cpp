// What others have written, on a terminal.
#include "daemon/command/terminal.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream::command;

namespace {

constexpr char const* no_text = "\xef\xbf\xbd";

}  // namespace

BOOST_AUTO_TEST_SUITE(terminal)

BOOST_AUTO_TEST_CASE(text_has_no_control_characters)
{
    BOOST_TEST(harmless("a\x1b[1mb\u009b[2Jc\x7f\u00e9\r\n") == "a [1mb [2Jc \u00e9");
}

BOOST_AUTO_TEST_CASE(json_keeps_its_meaning)
{
    BOOST_TEST(harmless_json("{\"a\":\"\u009b\x7f\u0080\u00e9\u00a0\"}") ==
               "{\"a\":\"\\u009b\\u007f\\u0080\u00e9\u00a0\"}");
    BOOST_TEST(harmless_json("{\n\t\"a\": 1 }\n") == "{\n\t\"a\": 1 }\n");
    BOOST_TEST(harmless_json("\xc2") == no_text);
    BOOST_TEST(harmless_json("a\x9b") == std::string("a") + no_text);
}

BOOST_AUTO_TEST_CASE(what_is_no_text_does_not_reach_the_terminal)
{
    BOOST_TEST(harmless("ada\x9b"
                        "31m\xe9") == std::string("ada") + no_text + "31m" + no_text);
    for (auto const* whole : {"\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffff", "\U00010000", "\U0010ffff", ""})
        BOOST_TEST(harmless(whole) == whole);
    for (auto const* bad : {"\x80", "\xc0\xaf", "\xc1\x9b", "\xe0\x82\x9b", "\xed\xa0\x80", "\xf0\x80\x82\x9b",
                            "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xe2\x82", "\xf0\x9f\x98", "\xc2"})
        BOOST_TEST(harmless(bad).find_first_not_of(no_text) == std::string::npos, bad);
}

BOOST_AUTO_TEST_SUITE_END()
