// The example configuration says what the loader knows, no more and no less, and its defaults are the real ones.
#include "config/example.hpp"

#include "config/load.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace bbstream;

namespace {

struct line {
    std::string text;     // as in the file, without the mark that comments a key out
    bool active = false;  // not commented out
    bool is_key = false;
    bool is_default = false;
    std::string key;  // with its section
};

std::string unquoted(std::string key)
{
    std::erase(key, '"');
    return key;
}

std::vector<line> lines_of(std::string_view text)
{
    std::vector<line> lines;
    std::istringstream in{std::string(text)};
    std::string section;
    for (std::string raw; std::getline(in, raw);) {
        line one;
        one.active = !raw.starts_with('#');
        one.text = one.active ? raw : raw.substr(1);
        if (raw.starts_with('['))
            section = raw.substr(raw.find_first_not_of('['), raw.find(']') - raw.find_first_not_of('[')) + '.';
        auto const equals = one.text.find(" = ");
        one.is_key = equals != std::string::npos && !one.text.starts_with(' ');
        one.is_default = one.is_key && !one.active && one.text.find("# e.g.") == std::string::npos;
        if (one.is_key)
            one.key = section + unquoted(one.text.substr(0, equals));
        lines.push_back(one);
    }
    return lines;
}

// The file with the commented lines that `wanted` picks made active.
template <class Wanted>
std::string with(std::vector<line> const& lines, Wanted wanted)
{
    std::string text;
    for (auto const& each : lines)
        text += (each.active || (each.is_key && wanted(each)) ? each.text : "#") + '\n';
    return text;
}

config::config parsed(std::string const& text)
{
    auto read = config::parse(text, "example");
    BOOST_REQUIRE_MESSAGE(read.has_value(), (read.has_error() ? read.error().message : ""));
    return *read;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_example_is_valid_as_it_stands)
{
    parsed(std::string(config::example));
}

BOOST_AUTO_TEST_CASE(the_example_has_every_key_once_and_no_other)
{
    std::multiset<std::string> keys;
    for (auto const& each : lines_of(config::example))
        if (each.is_key)
            keys.insert(each.key);
    auto const known = config::known_keys();
    BOOST_TEST(keys == std::multiset<std::string>(known.begin(), known.end()), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_the_example_shows_as_a_default_is_the_default)
{
    auto const lines = lines_of(config::example);
    auto const base = parsed(with(lines, [](line const&) { return false; }));
    std::size_t defaults = 0;
    for (auto const& each : lines) {
        if (!each.is_default)
            continue;
        ++defaults;
        BOOST_TEST((parsed(with(lines, [&](line const& one) { return &one == &each; })) == base), each.text);
    }
    BOOST_TEST(defaults > 50u);
}

BOOST_AUTO_TEST_CASE(the_examples_among_its_keys_are_valid_together)
{
    auto const read = parsed(with(lines_of(config::example), [](line const& one) { return !one.is_default; }));
    BOOST_TEST(read.node == "a");
    BOOST_REQUIRE(read.instances.at(0).auth.has_value());
    BOOST_TEST(read.kafka.properties.at("bootstrap.servers") == "localhost:9092");
}
