#include "normalize/document.hpp"

#include <boost/test/unit_test.hpp>

namespace bbstream::normalize {

namespace {

std::string repaired(std::string text)
{
    repair_json(text.data(), text.size());
    return text;
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_fits_is_left_as_it_is)
{
    for (std::string const text :
         {R"({"a":123456789012345678,"b":-1.5,"c":"1e999 99999999999999999999","d":"\\\"\ud83d\ude80"})", "[]", "\"",
          "-", "1e9", R"("\)", R"("\u12)"})
        BOOST_TEST(repaired(text) == text);
}

BOOST_AUTO_TEST_CASE(numbers_that_may_not_fit_become_null)
{
    BOOST_TEST(repaired("[12345678901234567890]") == "[null                ]");
    BOOST_TEST(repaired("[1e999,-1e999,1]") == "[null ,null  ,1]");
}

BOOST_AUTO_TEST_CASE(what_is_no_number_stays_wrong)
{
    for (std::string const text : {"00000000000000000001", "-012345678901234567890", "1.e999", "1e999e1", "1e+",
                                   "-e999", "1.12345678901234567890.1", "12345678901234567890-1"})
        BOOST_TEST(repaired(text) == text);
    for (std::string const text : {"-0.000000000000000000001", "0e1000", "12345678901234567890E-5"})
        BOOST_TEST(repaired(text).starts_with("null"), text);
}

BOOST_AUTO_TEST_CASE(halves_of_surrogate_pairs_become_the_replacement_character)
{
    BOOST_TEST(repaired(R"("\ud83d x")") == R"("\ufffd x")");
    BOOST_TEST(repaired(R"("\ude80\ud83d\ude80\uD83D")") == R"("\ufffd\ud83d\ude80\ufffd")");
    BOOST_TEST(repaired(R"("\ud83d\ud83d\ude80")") == R"("\ufffd\ud83d\ude80")");
    BOOST_TEST(repaired(R"("\\ud83d")") == R"("\\ud83d")");
}

BOOST_AUTO_TEST_CASE(json_beyond_the_machine_is_read)
{
    document read;
    auto const object = read.parse(R"({"n":1e999,"s":"\udc00","k":7})");
    BOOST_TEST_REQUIRE(object.has_value());
    BOOST_TEST(object->at_key("n").is_null());
    BOOST_TEST(object->at_key("k").get_int64().value_unsafe() == 7);
}

BOOST_AUTO_TEST_CASE(anything_but_an_object_is_a_problem_with_words)
{
    document read;
    for (std::string_view const text : {"", " ", "[]", "1", "\"x\"", "null", "{", "{}x", "{\"a\":\xff}", "{'a':1}"}) {
        BOOST_TEST(!read.parse(text).has_value(), text);
        BOOST_TEST(!read.problem().empty());
    }
    BOOST_TEST(!read.parse(std::string(5000, '[')).has_value());
    BOOST_TEST(read.parse("{}").has_value());
}

BOOST_AUTO_TEST_CASE(a_small_body_is_read_after_a_huge_one)
{
    document read;
    BOOST_TEST(read.parse(R"({"a":")" + std::string(3 << 20, 'x') + "\"}").has_value());
    auto const object = read.parse(R"({"a":1})");
    BOOST_TEST_REQUIRE(object.has_value());
    BOOST_TEST(object->at_key("a").get_int64().value_unsafe() == 1);
}

}  // namespace bbstream::normalize
