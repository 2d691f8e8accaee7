// The table of types, against the folder of schemas, and the documents there.
#include "event/types.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

namespace bbstream::event {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view prefix = "https://bbstream.dev/schemas/";

fs::path schemas()
{
    return fs::path(BBSTREAM_SOURCE_DIR) / "schemas";
}

std::string text_of(std::string const& name)
{
    std::ostringstream text;
    text << std::ifstream(schemas() / name).rdbuf();
    return text.str();
}

std::size_t count(std::string const& in, std::string const& what)
{
    std::size_t found = 0;
    for (std::size_t at = in.find(what); at != std::string::npos; at = in.find(what, at + 1))
        ++found;
    return found;
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

BOOST_AUTO_TEST_CASE(the_list_for_people_has_every_type_and_its_topic)
{
    auto const list = text_of("README.md");
    for (std::size_t at = 0; at < type_count; ++at) {
        auto const& entry = type_of(static_cast<type>(at));
        auto const row = "| `" + std::string(entry.cloudevents_type) + "` | `" + std::string(topic_name(entry.topic));
        BOOST_TEST(count(list, row + "` |") == 1u, row);
    }
    BOOST_TEST(count(list, "| `dev.bbstream.") == type_count);
}

BOOST_AUTO_TEST_CASE(the_document_of_topics_names_every_topic_and_every_type_once)
{
    auto const document = text_of("asyncapi.yaml");
    for (std::size_t at = 0; at < type_count; ++at) {
        auto const name = "      name: " + std::string(type_of(static_cast<type>(at)).cloudevents_type) + "\n";
        BOOST_TEST(count(document, name) == 1u, name);
    }
    BOOST_TEST(count(document, "      name: dev.bbstream.") == type_count);
    for (std::size_t at = 0; at < topic_count; ++at) {
        auto const address = "address: '{prefix}." + std::string(topic_name(static_cast<topic>(at))) + "'\n";
        BOOST_TEST(count(document, address) == 1u, address);
    }
    BOOST_TEST(count(document, "address: '{prefix}.cursor.v1'\n") == 1u);
    BOOST_TEST(count(document, "address: ") == topic_count + 1);
}

BOOST_AUTO_TEST_CASE(a_dead_letter_has_no_type)
{
    BOOST_TEST(type_of(type::dead_letter).name.empty());
    BOOST_TEST((topic_of(type::dead_letter) == topic::dlq));
}

}  // namespace bbstream::event
