#include "base/file.hpp"

#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back_and_replaces_what_was_there)
{
    bbstream::test::temporary_directory const directory;
    auto const path = directory.file("it");
    BOOST_REQUIRE(bbstream::write_file(path, std::string(200'000, 'x')));
    BOOST_REQUIRE(bbstream::write_file(path, "short"));
    BOOST_TEST(bbstream::read_file(path, 5).value() == "short");
}

BOOST_AUTO_TEST_CASE(a_file_beyond_the_bound_is_refused)
{
    bbstream::test::temporary_directory const directory;
    auto const path = directory.file("it");
    BOOST_REQUIRE(bbstream::write_file(path, "123456"));
    auto const read = bbstream::read_file(path, 5);
    BOOST_REQUIRE(!read);
    BOOST_TEST((read.error().kind == bbstream::failure_kind::invalid));
}

BOOST_AUTO_TEST_CASE(failures_name_the_file)
{
    bbstream::test::temporary_directory const directory;
    auto const path = directory.file("absent/it");
    BOOST_TEST(bbstream::read_file(path, 5).error().message.find(path) != std::string::npos);
    BOOST_TEST(bbstream::write_file(path, "x").error().message.find(path) != std::string::npos);
    BOOST_TEST(bbstream::sync_directory(path).error().message.find(path) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_is_replaced_whole_for_its_owner_alone)
{
    bbstream::test::temporary_directory const directory;
    auto const path = directory.file("it");
    // What a crash has left in its way.
    BOOST_REQUIRE(bbstream::write_file(path + ".new", "half", 0644));
    BOOST_REQUIRE(bbstream::replace_file(path, "first"));
    BOOST_REQUIRE(bbstream::replace_file(path, "second"));
    BOOST_TEST(bbstream::read_file(path, 100).value() == "second");
    BOOST_TEST(!std::filesystem::exists(path + ".new"));
    BOOST_TEST((std::filesystem::status(path).permissions() == std::filesystem::perms(0600)));
    BOOST_TEST(!bbstream::replace_file(directory.file("absent/it"), "x"));
}
