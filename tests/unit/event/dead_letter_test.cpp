#include "event/dead_letter.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace bbstream::event {

namespace {

std::string letter(std::string_view content, std::string_view error = "too large")
{
    batch out;
    append_dead_letter(out, {{42, 3}, "cloud:r1", topic::commit, dead_stage::publish, error, content.size(), content},
                       {.headers = true});
    BOOST_TEST_REQUIRE(out.size() == 1u);
    BOOST_TEST((out[0].topic == topic::dlq));
    BOOST_TEST(out[0].key == "cloud:r1");
    return std::string(out[0].value) + std::string(out[0].headers);
}

bool has(std::string const& text, std::string_view what)
{
    return text.find(what) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dead_letters)

BOOST_AUTO_TEST_CASE(a_letter_holds_what_it_stands_for)
{
    auto const text = letter(R"({"id":"x"})");
    BOOST_TEST(has(text, R"({"stage":"publish","error":"too large","topic":"commit.v1",)"
                         R"("sequence":"0001.0000000000000000042.000003","bytes":10,)"));
    BOOST_TEST(has(text, R"("sha256":"5e2b92cc57ce618dfbb54844a31775e4b95c6fb552ee6bf5a068133c12d2ad90")"));
    BOOST_TEST(has(text, R"("content":"{\"id\":\"x\"}"})"));
}

BOOST_AUTO_TEST_CASE(content_that_is_too_large_stays_in_the_journal)
{
    auto const large = letter(std::string(payload_bytes_max + 1, 'x'));
    BOOST_TEST(has(large, R"("content":null})"));
    BOOST_TEST(has(large, R"("bytes":700001)"));
    BOOST_TEST(has(large, R"("dataref":"bbstream:journal/)"));
    BOOST_TEST(!has(large, R"("sha256":null)"));
    BOOST_TEST(has(letter(std::string(payload_bytes_max / 2, '\1')), R"("content":null})"));  // escaped it is
}

BOOST_AUTO_TEST_CASE(headers_say_where_it_failed_and_why)
{
    using namespace std::string_literals;
    BOOST_TEST(has(letter("{}"),
                   "dlq_stage\0publish\0dlq_error\0too large\0dlq_topic\0commit.v1\0"
                   "dlq_sequence\0"
                   "0001.0000000000000000042.000003\0"s));
    BOOST_TEST(!has(letter("{}", "line\nbreak"), "dlq_error"));
}

BOOST_AUTO_TEST_CASE(a_letter_of_a_replay_says_so)
{
    BOOST_TEST(!has(letter("{}"), "bborigin"));
    batch out;
    append_dead_letter(out, {{42, 3}, "cloud:r1", topic::commit, dead_stage::fold, "why", 0, {}},
                       {.origin = journal::origin::replay});
    BOOST_TEST(has(std::string(out[0].value), R"("bborigin":"replay")"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace bbstream::event
