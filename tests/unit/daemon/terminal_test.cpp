// What others have written, on a terminal.
#include "daemon/command/terminal.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream::command;

BOOST_AUTO_TEST_SUITE(terminal)

BOOST_AUTO_TEST_CASE(text_has_no_control_characters)
{
    BOOST_TEST(harmless("a\x1b[1mb\u009b[2Jc\x7f\u00e9\r\n") == "a [1mb [2Jc \u00e9");
}

BOOST_AUTO_TEST_CASE(json_keeps_its_meaning)
{
    BOOST_TEST(harmless_json("{\"a\":\"\u009b\x7f\u0080\u00e9\u00a0\"}") ==
               "{\"a\":\"\\u009b\\u007f\\u0080\u00e9\u00a0\"}");
    BOOST_TEST(harmless_json("\xc2") == "\xc2");
}

BOOST_AUTO_TEST_SUITE_END()
