// Durations and sizes with units.
#include "config/units.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream::config;
using std::chrono::milliseconds;

BOOST_AUTO_TEST_CASE(durations_have_units)
{
    struct {
        std::string_view text;
        std::int64_t value;
    } const cases[] = {{"500ms", 500},
                       {"30s", 30'000},
                       {"5m", 300'000},
                       {"24h", 86'400'000},
                       {"7d", 604'800'000},
                       {"2w", 1'209'600'000},
                       {"1h30m", 5'400'000},
                       {"1 h", 3'600'000},
                       {"0s", 0},
                       {"1m1ms", 60'001},
                       {"36500d", 3'153'600'000'000}};
    for (auto const& [text, value] : cases) {
        auto const parsed = parse_duration(text);
        BOOST_TEST_REQUIRE(parsed.has_value(), text);
        BOOST_TEST(parsed->count() == value, text);
    }
}

BOOST_AUTO_TEST_CASE(other_texts_are_no_durations)
{
    for (std::string_view const text : {"", "5", "s", "5x", "-5s", "+5s", "5.5s", "5s ", " 5s", "5  s", "5S", "5sm",
                                        "99999999999999999999s", "36501d", "20000000000w", "36500d1ms", "5s5", "0x5s"})
        BOOST_TEST(!parse_duration(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(sizes_have_units)
{
    struct {
        std::string_view text;
        std::uint64_t value;
    } const cases[] = {{"0B", 0},
                       {"1B", 1},
                       {"4KiB", 4096},
                       {"256MiB", 268'435'456},
                       {"20GiB", 21'474'836'480},
                       {"2 TiB", 2'199'023'255'552},
                       {"1kB", 1000},
                       {"3MB", 3'000'000},
                       {"5GB", 5'000'000'000},
                       {"4194304TiB", 1ull << 62}};
    for (auto const& [text, value] : cases) {
        auto const parsed = parse_size(text);
        BOOST_TEST_REQUIRE(parsed.has_value(), text);
        BOOST_TEST(*parsed == value, text);
    }
}

BOOST_AUTO_TEST_CASE(other_texts_are_no_sizes)
{
    for (std::string_view const text : {"", "20", "GiB", "20gib", "20G", "-1B", "1.5GiB", "1GiB2MiB", "4194305TiB",
                                        "18446744073709551616B", "20GiB "})
        BOOST_TEST(!parse_size(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(values_are_written_with_the_largest_unit_that_fits)
{
    BOOST_TEST(duration_text(milliseconds(604'800'000)) == "1w");
    BOOST_TEST(duration_text(milliseconds(90'000)) == "90s");
    BOOST_TEST(duration_text(milliseconds(1)) == "1ms");
    BOOST_TEST(duration_text(milliseconds(0)) == "0ms");
    BOOST_TEST(size_text(20ull << 30) == "20GiB");
    BOOST_TEST(size_text(1000) == "1000B");
    BOOST_TEST(size_text(0) == "0B");
}
