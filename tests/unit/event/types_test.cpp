// The table of types, against the folder of schemas.
#include "event/types.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <set>
#include <string>

namespace bbstream::event {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view prefix = "https://bbstream.dev/schemas/";

fs::path schemas()
{
    return fs::path(BBSTREAM_SOURCE_DIR) / "schemas";
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_type_has_a_schema_of_its_name_and_an_example)
{
    for (std::size_t at = 0; at < type_count; ++at) {
        auto const& entry = type_of(static_cast<type>(at));
        std::string const name(entry.name);
        BOOST_TEST(entry.cloudevents_type == "dev.bbstream." + name + ".v1");
        BOOST_TEST_REQUIRE(entry.schema.starts_with(prefix));
        auto const file = entry.schema.substr(prefix.size());
        BOOST_TEST(file == name + "/1.0.json");
        BOOST_TEST(fs::exists(schemas() / file), file);
        BOOST_TEST(fs::exists(schemas() / name / "examples" / "1.0.json"), file);
    }
}

BOOST_AUTO_TEST_CASE(every_schema_is_of_a_type)
{
    std::set<std::string> names{"envelope"};
    for (std::size_t at = 0; at < type_count; ++at)
        BOOST_TEST(names.insert(std::string(type_of(static_cast<type>(at)).name)).second);
    std::set<std::string> folders;
    for (auto const& entry : fs::directory_iterator(schemas()))
        if (entry.is_directory())
            folders.insert(entry.path().filename());
    BOOST_TEST(folders == names, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_dead_letter_has_no_type)
{
    BOOST_TEST(type_of(type::dead_letter).name.empty());
    BOOST_TEST((topic_of(type::dead_letter) == topic::dlq));
}

}  // namespace bbstream::event
