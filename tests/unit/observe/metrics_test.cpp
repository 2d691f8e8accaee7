// Series as a scraper reads them.
#include "observe/metrics.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <thread>
#include <vector>

using namespace bbstream::observe;

namespace {

bool has_line(metrics const& of, std::string const& line)
{
    return ("\n" + of.text()).find("\n" + line + "\n") != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_counter_counts)
{
    metrics all;
    auto const counted = all.make_counter("bbstream_deliveries_total", "Deliveries.", {{"outcome", "accepted"}});
    counted.add();
    counted.add(2);
    BOOST_TEST(has_line(all, "# HELP bbstream_deliveries_total Deliveries."));
    BOOST_TEST(has_line(all, "# TYPE bbstream_deliveries_total counter"));
    BOOST_TEST(has_line(all, "bbstream_deliveries_total{outcome=\"accepted\"} 3"));
}

BOOST_AUTO_TEST_CASE(the_same_name_and_labels_are_the_same_series)
{
    metrics all;
    all.make_counter("c_total", "C.", {{"a", "1"}, {"b", "2"}}).add();
    all.make_counter("c_total", "C.", {{"b", "2"}, {"a", "1"}}).add();
    all.make_counter("c_total", "C.", {{"a", "2"}, {"b", "2"}}).add(5);
    BOOST_TEST(has_line(all, "c_total{a=\"1\",b=\"2\"} 2"));
    BOOST_TEST(has_line(all, "c_total{a=\"2\",b=\"2\"} 5"));
}

BOOST_AUTO_TEST_CASE(a_gauge_shows_its_last_value)
{
    metrics all;
    auto const depth = all.make_gauge("bbstream_journal_bytes", "Bytes.");
    depth.set(7);
    depth.set(20ull << 30);
    BOOST_TEST(has_line(all, "bbstream_journal_bytes 21474836480"));
}

BOOST_AUTO_TEST_CASE(a_histogram_has_cumulative_buckets_a_sum_and_a_count)
{
    metrics all;
    auto const latency = all.make_histogram("h_seconds", "H.", {0.5, 1, 2});
    for (double const value : {0.25, 0.5, 1.5, 8.0})
        latency.observe(value);
    BOOST_TEST(has_line(all, "h_seconds_bucket{le=\"0.5\"} 2"));
    BOOST_TEST(has_line(all, "h_seconds_bucket{le=\"1\"} 2"));
    BOOST_TEST(has_line(all, "h_seconds_bucket{le=\"2\"} 3"));
    BOOST_TEST(has_line(all, "h_seconds_bucket{le=\"+Inf\"} 4"));
    BOOST_TEST(has_line(all, "h_seconds_sum 10.25"));
    BOOST_TEST(has_line(all, "h_seconds_count 4"));
}

BOOST_AUTO_TEST_CASE(label_values_cannot_break_the_exposition)
{
    metrics all;
    all.make_counter("c_total", "C.", {{"key", "a\"b\\c\nd"}}).add();
    BOOST_TEST(has_line(all, R"(c_total{key="a\"b\\c\nd"} 1)"));
}

BOOST_AUTO_TEST_CASE(threads_may_make_and_count_at_once)
{
    metrics all;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 500; ++n)
                all.make_counter("c_total", "C.", {{"n", std::to_string(n % 5)}}).add();
        });
    threads.clear();
    BOOST_TEST(has_line(all, "c_total{n=\"3\"} 400"));
}
