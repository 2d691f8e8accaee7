// What counts as one JSON object.
#include "http/json_body.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using bbstream::http::is_json_object;
using bbstream::http::json_levels_max;

namespace {

// An object whose deepest container stands at this level.
std::string nested(std::size_t levels, bool objects)
{
    std::string open, close;
    for (std::size_t i = 1; i < levels; ++i) {
        open += objects ? R"({"a":)" : "[";
        close += objects ? "}" : "]";
    }
    return R"({"a":)" + open + "1" + close + "}";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_body)

BOOST_AUTO_TEST_CASE(objects_of_every_shape_are_accepted)
{
    std::string const good[] = {
        "{}",
        " \t\r\n{ }\n ",
        R"({"a":1})",
        R"({"a":[],"b":{},"c":[1,2,[3]],"d":{"e":null}})",
        R"({"":true,"x":false})",
        R"({ "a" : [ 1 , -0 , 0.5 , 1e9 , 1E+9 , 2.5e-3 , -12.25 ] })",
        R"({"a":"\" \\ \/ \b \f \n \r \t \u00e9 \uD83D\uDE00"})",
        R"({"a":1,"a":2})",
        "{\"text\":\"gr\xc3\xbc\xc3\x9f \xf0\x9f\x98\x80 \x7f\"}",
        // What 64 bits cannot hold and what UTF-16 cannot pair is grammatical all the same.
        R"({"n":123456789012345678901234567890123456789012345678901234567890,"x":1e999})",
        R"({"cut":"\ud83d"})",
        R"({"a":"0123456\"","b":"01234567\\","c":"012345678"})",
    };
    for (auto const& text : good)
        BOOST_TEST(is_json_object(text), text);
}

BOOST_AUTO_TEST_CASE(everything_else_is_refused)
{
    std::string const bad[] = {"",
                               " ",
                               "null",
                               "1",
                               "\"{}\"",
                               "[]",
                               "[{}]",
                               "{",
                               "}",
                               "{}}",
                               "{}{}",
                               "{} x",
                               "{},",
                               R"({"a"})",
                               R"({"a":})",
                               R"({"a":1,})",
                               R"({,"a":1})",
                               R"({"a":1 "b":2})",
                               R"({"a":1;"b":2})",
                               R"({a:1})",
                               R"({'a':1})",
                               R"({"a":[1,]})",
                               R"({"a":[,1]})",
                               R"({"a":[1 2]})",
                               R"({"a":[1})",
                               R"({"a":{]})",
                               R"({"a":[}})",
                               R"({"a":01})",
                               R"({"a":-})",
                               R"({"a":+1})",
                               R"({"a":.5})",
                               R"({"a":1.})",
                               R"({"a":1e})",
                               R"({"a":1e+})",
                               R"({"a":0x10})",
                               R"({"a":NaN})",
                               R"({"a":tru})",
                               R"({"a":True})",
                               R"({"a":nullx})",
                               R"({"a":"unended)",
                               R"({"a":"\x"})",
                               R"({"a":"\u12"})",
                               R"({"a":"\u12g4"})",
                               "{\"a\":\"tab\tinside\"}",
                               "{\"a\":\"line\ninside the text\"}",
                               "{\"a\":\"01234567\x1f\"}",
                               std::string("{\"a\":\"nul\0\"}", 11),
                               std::string("{}\0", 3),
                               "\xef\xbb\xbf{}",
                               "{\"a\":1}//comment",
                               "{\"a\":/**/1}"};
    for (auto const& text : bad)
        BOOST_TEST(!is_json_object(text), text);
}

BOOST_AUTO_TEST_CASE(invalid_utf8_is_refused_wherever_it_stands)
{
    for (std::string const bytes : {"\xff", "\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\x80"}) {
        BOOST_TEST(!is_json_object("{\"a\":\"" + bytes + "\"}"));
        BOOST_TEST(!is_json_object("{\"" + bytes + "\":1}"));
        BOOST_TEST(!is_json_object("{}" + bytes));
    }
}

BOOST_AUTO_TEST_CASE(the_deepest_level_is_accepted_and_the_next_refused)
{
    for (auto const objects : {false, true}) {
        BOOST_TEST(is_json_object(nested(1, objects)));
        BOOST_TEST(is_json_object(nested(json_levels_max, objects)));
        BOOST_TEST(!is_json_object(nested(json_levels_max + 1, objects)));
        BOOST_TEST(!is_json_object(nested(1000, objects)));
        BOOST_TEST(!is_json_object(nested(100'000, objects)));
    }
}

BOOST_AUTO_TEST_CASE(many_siblings_do_not_count_as_levels)
{
    std::string text = R"({"a":[)";
    for (int i = 0; i < 1000; ++i)
        text += "[{}],";
    text += "[]]}";
    BOOST_TEST(is_json_object(text));
}

BOOST_AUTO_TEST_CASE(every_beginning_of_an_object_is_refused)
{
    std::string const whole = R"({"key":[1,-2.5e3,true,null,{"a":"\u00e9\\ long enough for eights"}]})";
    BOOST_TEST(is_json_object(whole));
    for (std::size_t size = 0; size < whole.size(); ++size)
        BOOST_TEST(!is_json_object(std::string(whole, 0, size)), size);
}

BOOST_AUTO_TEST_SUITE_END()
