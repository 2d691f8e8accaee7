#include "sink/mark.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>

using namespace bbstream;

BOOST_AUTO_TEST_SUITE(mark)

BOOST_AUTO_TEST_CASE(text_and_mark_are_the_same)
{
    sink::mark const low{1, {1042, 3}};
    BOOST_TEST(sink::mark_text(low) == "0001.0000000000000001042.000003");
    BOOST_TEST((sink::parse_mark(sink::mark_text(low)) == low));
    sink::mark const high{9'999, {9'223'372'036'854'775'807, 999'999}};
    BOOST_TEST((sink::parse_mark(sink::mark_text(high)) == high));
}

BOOST_AUTO_TEST_CASE(anything_else_is_no_mark)
{
    for (auto const* text :
         {"", "0001.0000000000000001042.00003", "0001.0000000000000001042.0000003", "0001-0000000000000001042.000003",
          "0001.000000000000000104x.000003", "-001.0000000000000001042.000003", "0001.0000000000000001042.+00003",
          "0001.-000000000000001042.000003", "0001.0000000000000001042 000003"})
        BOOST_TEST(!sink::parse_mark(text), text);
}

BOOST_AUTO_TEST_CASE(a_line_has_the_mark_of_its_sequence_member)
{
    auto const found =
        sink::mark_of_line(R"({"error":"no \"sequence\":\"x\" here","sequence":"0002.0000000000000000007.000001"})");
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST((*found == sink::mark{2, {7, 1}}));
}

BOOST_AUTO_TEST_CASE(a_torn_or_damaged_line_has_none)
{
    std::string const whole = R"({"sequence":"0002.0000000000000000007.000001","data":"text"})";
    BOOST_TEST(sink::mark_of_line(whole).has_value());
    for (std::size_t size = 0; size < whole.size(); ++size)
        BOOST_TEST(!sink::mark_of_line(whole.substr(0, size)), size);
    for (std::size_t at = 0; at < whole.size(); ++at) {
        auto zeroed = whole;
        zeroed[at] = '\0';
        BOOST_TEST(!sink::mark_of_line(zeroed), at);
    }
    BOOST_TEST(!sink::mark_of_line(R"({"sequence":"7","data":"text"})"));
    BOOST_TEST(!sink::mark_of_line(R"({"data":"text"})"));
}

BOOST_AUTO_TEST_SUITE_END()
