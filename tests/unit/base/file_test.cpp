#include "base/file.hpp"

#include "base/file_lock.hpp"
#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace {

std::vector<std::string> names_in(bbstream::test::temporary_directory const& directory)
{
    std::vector<std::string> names;
    for (auto const& each : std::filesystem::directory_iterator(directory.path()))
        names.push_back(each.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace

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
    BOOST_REQUIRE(bbstream::replace_file(path, "first"));
    BOOST_REQUIRE(bbstream::replace_file(path, "second"));
    BOOST_TEST(bbstream::read_file(path, 100).value() == "second");
    BOOST_TEST((std::filesystem::status(path).permissions() == std::filesystem::perms(0600)));
    BOOST_TEST(!bbstream::replace_file(directory.file("absent/it"), "x"));
    std::filesystem::create_directory(directory.file("occupied"));
    BOOST_TEST(!bbstream::replace_file(directory.file("occupied"), "x"));
    BOOST_TEST(names_in(directory) == (std::vector<std::string>{"it", "occupied"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_file_may_be_replaced_by_many_at_once)
{
    constexpr int writers = 8, times = 20;
    bbstream::test::temporary_directory const directory;
    auto const path = directory.file("it");
    std::atomic<int> failed = 0;
    std::vector<std::thread> all;
    for (int number = 0; number < writers; ++number)
        all.emplace_back([&, whole = std::string(10'000, static_cast<char>('a' + number))] {
            for (int time = 0; time < times; ++time)
                failed += !bbstream::replace_file(path, whole);
        });
    for (auto& each : all)
        each.join();
    BOOST_TEST(failed == 0);
    auto const last = bbstream::read_file(path, 10'000).value();
    BOOST_TEST(last == std::string(10'000, last.at(0)));
    BOOST_TEST(names_in(directory).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_lock_is_held_by_one_until_it_is_closed)
{
    bbstream::test::temporary_directory const directory;
    auto const path = directory.file("it.lock");
    auto held = bbstream::lock_file(path);
    BOOST_REQUIRE(held);
    BOOST_TEST(!bbstream::try_lock_file(path).value());
    held->reset();
    BOOST_TEST(static_cast<bool>(bbstream::try_lock_file(path).value()));
    BOOST_TEST(bbstream::lock_file(directory.file("absent/it")).has_error());
    BOOST_TEST(bbstream::try_lock_file(directory.file("absent/it")).has_error());
}
