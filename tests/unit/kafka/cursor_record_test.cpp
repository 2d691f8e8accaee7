#include "kafka/cursor_record.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream;
using namespace bbstream::kafka;

BOOST_AUTO_TEST_SUITE(cursor_in_a_record)

BOOST_AUTO_TEST_CASE(it_is_json_that_comes_back)
{
    sink::cursor const cursor{{0x00, 0x1f, 0xff}, 7, 18'446'744'073'709'551'615u};
    auto const value = cursor_value(cursor, "a\"b");
    BOOST_TEST(
        value ==
        R"({"journal":"001fff00000000000000000000000000","epoch":7,"sequence":18446744073709551615,"node":"a\"b"})");
    auto const read = parse_cursor(value);
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST((read->cursor == cursor));
    BOOST_TEST(read->lost.empty());
}

BOOST_AUTO_TEST_CASE(what_is_lost_comes_back_with_it)
{
    std::vector<offset_range> const lost{{{"bitbucket.commit.v1", 2}, 17, 20},
                                         {{"bitbucket.dlq.v1", 0}, 0, 9'000'000'000}};
    auto const value = cursor_value({{}, 1, 42}, "a,\"lost\":[", lost);
    BOOST_TEST(value ==
               R"({"journal":"00000000000000000000000000000000","epoch":1,"sequence":42,"node":"a,\"lost\":[",)"
               R"("lost":[{"topic":"bitbucket.commit.v1","partition":2,"begin":17,"end":20},)"
               R"({"topic":"bitbucket.dlq.v1","partition":0,"begin":0,"end":9000000000}]})");
    auto const read = parse_cursor(value);
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(read->cursor.sequence == 42u);
    BOOST_TEST((read->lost == lost));
    for (std::size_t size = 0; size < value.size(); ++size)
        BOOST_TEST(!parse_cursor(value.substr(0, size)), size);
}

BOOST_AUTO_TEST_CASE(anything_else_is_none)
{
    auto const value = cursor_value({{1}, 1, 42}, "a");
    for (std::size_t size = 0; size < value.size(); ++size)
        BOOST_TEST(!parse_cursor(value.substr(0, size)), size);
    for (auto const* text : {"", "{}", "null", "{\"journal\":\"zz\"}"})
        BOOST_TEST(!parse_cursor(text), text);
    auto too_large = value;
    too_large.replace(too_large.find("42"), 2, "99999999999999999999999");
    BOOST_TEST(!parse_cursor(too_large));
}

BOOST_AUTO_TEST_SUITE_END()
