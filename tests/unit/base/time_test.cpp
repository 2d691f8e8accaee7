#include "base/time.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace {

std::string text_of(bbstream::micros at)
{
    std::string text;
    bbstream::append_rfc3339(text, at);
    return text;
}

std::string again(std::string_view text)
{
    auto const at = bbstream::parse_timestamp(text);
    return at ? text_of(*at) : "none";
}

}  // namespace

BOOST_AUTO_TEST_CASE(times_are_written_in_utc_with_six_digits)
{
    BOOST_TEST(text_of(0) == "1970-01-01T00:00:00.000000Z");
    BOOST_TEST(text_of(-1) == "1969-12-31T23:59:59.999999Z");
    BOOST_TEST(text_of(1'709'210'096'000'001) == "2024-02-29T12:34:56.000001Z");
}

BOOST_AUTO_TEST_CASE(every_form_that_bitbucket_sends_is_read)
{
    BOOST_TEST(again("2018-09-21T14:57:59.455870+00:00") == "2018-09-21T14:57:59.455870Z");
    BOOST_TEST(again("2026-08-19T17:27:55.266Z") == "2026-08-19T17:27:55.266000Z");
    BOOST_TEST(again("2025-09-23T03:15:55+0300") == "2025-09-23T00:15:55.000000Z");
    BOOST_TEST(again("2025-01-01T00:30:00-01:30") == "2025-01-01T02:00:00.000000Z");
}

BOOST_AUTO_TEST_CASE(digits_beyond_the_sixth_are_cut_not_rounded)
{
    BOOST_TEST(again("2025-01-01T00:00:00.9999999Z") == "2025-01-01T00:00:00.999999Z");
}

BOOST_AUTO_TEST_CASE(what_is_no_time_is_none)
{
    for (std::string_view const text :
         {"", "2025-01-01", "2025-13-01T00:00:00Z", "2025-02-29T00:00:00Z", "2025-01-01T24:00:00Z",
          "2025-01-01T00:00:00", "2025-01-01T00:00:00.Z", "2025-01-01T00:00:00+1", "2025-01-01T00:00:00Zx",
          "2025-01-01T00:00:00+24:00", "x025-01-01T00:00:00Z"})
        BOOST_TEST(again(text) == "none", text);
}
