// Payloads in the shapes that the products document, and the events that they become, byte for byte.
#include "base/product.hpp"
#include "support/folding.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace bbstream {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view divider = "----------\n";

std::string read_whole(fs::path const& path)
{
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

// Header lines, an empty line, the body.
test::delivery parse_case(std::string const& input, std::string& headers)
{
    test::delivery of;
    std::size_t const body = input.find("\n\n") + 2;
    std::istringstream lines(input.substr(0, body - 1));
    for (std::string line; std::getline(lines, line);) {
        std::size_t const colon = line.find(": ");
        std::string const name = line.substr(0, colon);
        std::string const value = line.substr(colon + 2);
        if (name == "platform")
            of.platform = *parse_product(value);
        else if (name == "instance")
            of.instance = value;
        else
            headers += name + ":" + value + "\n";
    }
    of.body = input.substr(body);
    of.body.pop_back();  // the line feed before the divider
    return of;
}

std::string events_of(std::string const& input)
{
    std::string headers;
    auto const of = parse_case(input, headers);
    journal::record record;
    record.sequence = 1042;
    record.received = of.received;
    record.product = of.platform;
    record.instance = of.instance;
    record.headers = headers;
    record.body = of.body;
    state::state state(1 << 20);
    normalize::fold fold(state);
    std::string text;
    for (auto const& value : test::encode_all(fold.apply(record)))
        text += value + "\n";
    return text;
}

}  // namespace

BOOST_AUTO_TEST_CASE(payloads_become_the_events_that_are_written_down)
{
    bool const regenerate = std::getenv("REGENERATE") != nullptr;
    std::size_t cases = 0;
    for (auto const& file : fs::recursive_directory_iterator(fs::path(BBSTREAM_SOURCE_DIR) / "tests/golden")) {
        if (file.path().extension() != ".golden")
            continue;
        ++cases;
        std::string const text = read_whole(file.path());
        std::size_t const split = text.find(divider);
        BOOST_TEST_REQUIRE(split != std::string::npos, file.path());
        std::string const input = text.substr(0, split);
        std::string const events = events_of(input);
        if (regenerate)
            std::ofstream(file.path()) << input << divider << events;
        else
            BOOST_TEST(events == text.substr(split + divider.size()), file.path());
    }
    BOOST_TEST(cases >= 40u);
}

}  // namespace bbstream
