#include "event/json_writer.hpp"

#include <boost/test/unit_test.hpp>

namespace bbstream::event {

namespace {

std::string quoted(std::string_view text)
{
    std::string out;
    append_json_string(out, text);
    return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(members_and_elements_are_separated_by_commas)
{
    std::string out;
    json_writer to(out);
    to.begin_object();
    to.text<"a">("x");
    to.name<"b">();
    to.begin_array();
    to.element();
    to.number_value(1);
    to.element();
    to.begin_object();
    to.end_object();
    to.end_array();
    to.boolean<"c">(false);
    to.boolean<"d">(std::nullopt);
    to.null<"e">();
    to.time<"f">(0);
    to.end_object();
    BOOST_TEST(out == R"({"a":"x","b":[1,{}],"c":false,"d":null,"e":null,"f":"1970-01-01T00:00:00.000000Z"})");
}

BOOST_AUTO_TEST_CASE(every_control_character_quote_and_backslash_is_escaped_at_every_place)
{
    for (std::size_t before = 0; before < 17; ++before)
        for (int c = 0; c < 0x80; ++c) {
            std::string const text = std::string(before, 'x') + static_cast<char>(c) + "yyyyyyyyy";
            std::string const out = quoted(text);
            bool const special = c < 0x20 || c == '"' || c == '\\';
            BOOST_TEST((out.find('\\') != std::string::npos) == special);
            BOOST_TEST((out == '"' + text + '"') == !special);
        }
    BOOST_TEST(quoted("\"\\\n\r\t\b\f\x01\x1f") == R"("\"\\\n\r\t\b\f\u0001\u001f")");
    BOOST_TEST(quoted(std::string_view("\0", 1)) == R"("\u0000")");
}

BOOST_AUTO_TEST_CASE(well_formed_utf8_is_kept)
{
    for (std::string const text :
         {"ünïcode", "\u20ac", "\U0001f680", "\u07ff\u0800\ud7ff\ue000\uffff\U00010000\U0010ffff"})
        BOOST_TEST(quoted(text) == '"' + text + '"');
}

BOOST_AUTO_TEST_CASE(what_is_no_utf8_becomes_the_replacement_character)
{
    std::string const bad = "\xef\xbf\xbd";
    BOOST_TEST(quoted("\xff") == '"' + bad + '"');
    BOOST_TEST(quoted("\x80"
                      "a") == '"' + bad + "a\"");
    BOOST_TEST(quoted("\xc3") == '"' + bad + '"');            // ends too early
    BOOST_TEST(quoted("\xc0\xaf") == '"' + bad + bad + '"');  // overlong
    BOOST_TEST(quoted("\xe0\x80\x80") == '"' + bad + bad + bad + '"');
    BOOST_TEST(quoted("\xed\xa0\x80") == '"' + bad + bad + bad + '"');            // a surrogate
    BOOST_TEST(quoted("\xf4\x90\x80\x80") == '"' + bad + bad + bad + bad + '"');  // beyond Unicode
    BOOST_TEST(quoted("\xe2\x82\"") == '"' + bad + bad + "\\\"\"");
}

}  // namespace bbstream::event
