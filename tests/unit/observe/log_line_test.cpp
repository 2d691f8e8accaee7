// What values can do to a log line: nothing.
#include "observe/log_line.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream::observe;

BOOST_AUTO_TEST_CASE(plain_words_stay_bare_in_text)
{
    BOOST_TEST(text_line("delivery accepted", {{"instance", "cloud"}, {"seq", 42}}) ==
               "delivery accepted instance=cloud seq=42");
}

BOOST_AUTO_TEST_CASE(values_that_are_no_words_are_quoted_in_text)
{
    BOOST_TEST(text_line("m", {{"a", "two words"}, {"b", ""}, {"c", "k=v"}, {"d", "say \"hi\" \\ bye"}}) ==
               R"(m a="two words" b="" c="k=v" d="say \"hi\" \\ bye")");
}

BOOST_AUTO_TEST_CASE(a_value_cannot_forge_a_second_line_in_text)
{
    auto const line = text_line("first\nerror forged", {{"key", "x\r\n00:00:00.000 error forged=yes"}});
    BOOST_TEST(line == "first\\nerror forged key=\"x\\x0d\\n00:00:00.000 error forged=yes\"");
}

BOOST_AUTO_TEST_CASE(a_value_cannot_command_a_terminal)
{
    // ESC, DEL, the C1 form of CSI in UTF-8 and as a raw byte, NUL, a right-to-left override, a line separator.
    BOOST_TEST(text_line("m", {{"a", "\x1b[2J"}}) == R"(m a="\x1b[2J")");
    BOOST_TEST(text_line("m", {{"a", "\x7f"}}) == R"(m a="\x7f")");
    BOOST_TEST(text_line("m", {{"a",
                                "\xc2\x9b"
                                "2J"}}) == R"(m a="\xc2\x9b2J")");
    BOOST_TEST(text_line("m", {{"a",
                                "\x9b"
                                "2J"}}) == R"(m a="\x9b2J")");
    BOOST_TEST(text_line("m", {{"a", std::string_view("\0", 1)}}) == R"(m a="\x00")");
    BOOST_TEST(text_line("m", {{"a", "\xe2\x80\xae"}}) == R"(m a="\xe2\x80\xae")");
    BOOST_TEST(text_line("m", {{"a", "\xe2\x80\xa8"}}) == R"(m a="\xe2\x80\xa8")");
}

BOOST_AUTO_TEST_CASE(other_scripts_stay_readable)
{
    BOOST_TEST(text_line("m", {{"a", "größe 雪 🚀"}}) == "m a=\"größe 雪 🚀\"");
    BOOST_TEST(json_members("雪", {}) == "\"message\":\"雪\"");
}

BOOST_AUTO_TEST_CASE(json_members_are_escaped)
{
    BOOST_TEST(json_members("say \"hi\"", {{"path", "C:\\x"}, {"text", "a\nb\tc\x1b"}, {"n", -7}}) ==
               R"("message":"say \"hi\"","path":"C:\\x","text":"a\nb\u0009c\u001b","n":-7)");
    BOOST_TEST(json_members("m", {{"on", true}, {"digits", "7"}}) == R"("message":"m","on":true,"digits":"7")");
    BOOST_TEST(json_members("m", {{"a", "\x7f\xc2\x9b"}}) == R"("message":"m","a":"\u007f\u009b")");
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_utf8_become_replacement_characters_in_json)
{
    struct {
        std::string_view bytes;
        std::size_t replaced;
    } const cases[] = {{"\xff", 1},         {"\xc0\xaf", 2},         {"\xe0\x80\xaf", 3},
                       {"\xed\xa0\x80", 3}, {"\xe2\x82", 2},         {"\xf4\x90\x80\x80", 4},
                       {"\xc3", 1},         {"\xf0\x80\x80\xaf", 4}, {"\xf5\x80\x80", 3},
                       {"\x80", 1}};
    for (auto const& [bytes, replaced] : cases) {
        std::string expected = "\"message\":\"";
        for (std::size_t i = 0; i < replaced; ++i)
            expected += "\\ufffd";
        BOOST_TEST(json_members(bytes, {}) == expected + '"');
    }
}

BOOST_AUTO_TEST_CASE(keys_are_escaped_as_values_are)
{
    BOOST_TEST(json_members("m", {{"a\"b", "c"}}) == R"("message":"m","a\"b":"c")");
    BOOST_TEST(text_line("m", {{"a\nb", "c"}}) == "m a\\nb=c");
}
