// An event of each type as the encoder writes it, byte for byte: with all its fields, with none, and trimmed to what
// identifies it. REGENERATE=1 writes the files, which golden.schemas holds against the schemas.
#include "support/samples.hpp"

#include "event/encode.hpp"
#include "event/types.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace bbstream::event {

namespace {

constexpr micros recorded = 1'787'565'600'042'000;

std::string encoded_line(event const& what)
{
    batch out;
    encode(what, {}, recorded, out);
    BOOST_TEST_REQUIRE(out.size() == 1u);
    BOOST_TEST((out[0].topic == topic_of(what.type)));
    return std::string(out[0].value) + "\n";
}

void compare(std::string const& name, std::string const& lines)
{
    auto const path = std::filesystem::path(BBSTREAM_SOURCE_DIR) / "tests/golden/encoder" / name;
    if (std::getenv("REGENERATE")) {
        std::ofstream(path) << lines;
        return;
    }
    std::ostringstream expected;
    expected << std::ifstream(path).rdbuf();
    BOOST_TEST(lines == expected.str(), path);
}

template <class Encode>
std::string every_type(Encode encode)
{
    std::string lines;
    for (std::size_t at = 0; at < type_count; ++at)
        lines += encode(static_cast<type>(at));
    return lines;
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_type_is_written_with_all_that_it_may_have)
{
    compare("filled.jsonl", every_type([](type which) {
                test::samples of;
                return encoded_line(of.of(which));
            }));
}

BOOST_AUTO_TEST_CASE(every_type_is_written_where_nothing_is_known)
{
    compare("empty.jsonl", every_type([](type which) {
                test::samples of(false);
                return encoded_line(of.of(which));
            }));
}

BOOST_AUTO_TEST_CASE(every_type_can_be_trimmed_to_what_identifies_it)
{
    compare("trimmed.jsonl", every_type([](type which) {
                test::samples of;
                std::string const huge(value_bytes_max, 'x');
                auto what = of.of(which);
                of.repository.name = huge;
                of.ada.display_name = huge;
                if (!of.delivery.repository)
                    of.delivery.actor = &of.ada;
                auto const line = encoded_line(what);
                BOOST_TEST(line.size() < 8192u, type_of(which).name);
                BOOST_TEST(line.find(R"("dataref":"bbstream:journal/)") != std::string::npos, type_of(which).name);
                return line;
            }));
}

}  // namespace bbstream::event
