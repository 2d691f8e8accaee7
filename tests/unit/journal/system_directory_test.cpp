#include "journal/system_directory.hpp"

#include "journal/aligned_buffer.hpp"
#include "journal/format.hpp"
#include "unit/journal/scratch_directory.hpp"

#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cstring>

using namespace bbstream;
using namespace bbstream::journal;
using namespace bbstream::journal::test;

namespace {

std::unique_ptr<system_directory> open_directory(std::string const& path)
{
    auto opened = system_directory::open(path, true);
    BOOST_REQUIRE_MESSAGE(opened.has_value(), (opened ? "" : opened.error().message));
    return std::move(*opened);
}

void write_and_read(system_directory& in)
{
    aligned_buffer block(block_bytes);
    std::memset(block.data(), 'x', block_bytes);
    {
        auto const filled = in.open("a", file_access::fill);
        BOOST_REQUIRE_MESSAGE(filled.has_value(), (filled ? "" : filled.error().message));
        BOOST_TEST((*filled)->allocate(4 * block_bytes).has_value());
        BOOST_TEST((*filled)->write(0, block.data(), block_bytes).has_value());
        BOOST_TEST((*filled)->sync().has_value());
    }
    auto const appended = in.open("a", file_access::append);
    BOOST_REQUIRE(appended.has_value());
    std::memset(block.data(), 'y', block_bytes);
    BOOST_TEST((*appended)->write(block_bytes, block.data(), block_bytes).has_value());
    BOOST_TEST((*appended)->settle().has_value());
    BOOST_TEST((*appended)->size().value() == 4 * block_bytes);
    aligned_buffer read(8 * block_bytes);
    auto const opened = in.open("a", file_access::read);
    BOOST_REQUIRE(opened.has_value());
    BOOST_TEST((*opened)->read(0, read.data(), 8 * block_bytes).value() == 4 * block_bytes);
    BOOST_TEST(read.data()[0] == 'x');
    BOOST_TEST(read.data()[block_bytes] == 'y');
    BOOST_TEST(read.data()[2 * block_bytes] == 0);
    BOOST_TEST((*opened)->read(4 * block_bytes, read.data(), block_bytes).value() == 0u);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(system_directories)

BOOST_AUTO_TEST_CASE(it_makes_what_is_missing_for_its_owner_and_group_alone)
{
    scratch_directory const scratch;
    auto const path = scratch.path + "/a/b";
    open_directory(path);
    struct stat facts {};
    BOOST_REQUIRE(::stat(path.c_str(), &facts) == 0);
    BOOST_TEST((facts.st_mode & 07777) == 0750u);
    BOOST_TEST(!system_directory::open(scratch.path + "/c", false).has_value());
}

BOOST_AUTO_TEST_CASE(files_are_written_durably_and_read_back)
{
    scratch_directory const scratch;
    write_and_read(*open_directory(scratch.path));
}

BOOST_AUTO_TEST_CASE(a_file_system_in_memory_serves_too)
{
    struct statfs facts {};
    constexpr auto tmpfs_magic = 0x01021994;
    if (::statfs("/dev/shm", &facts) != 0 || facts.f_type != tmpfs_magic || ::access("/dev/shm", W_OK) != 0) {
        BOOST_TEST_MESSAGE("skipped: there is no tmpfs to write to");
        return;
    }
    scratch_directory const scratch("/dev/shm");
    write_and_read(*open_directory(scratch.path));
}

BOOST_AUTO_TEST_CASE(a_second_owner_is_refused_with_the_first_one_s_pid)
{
    scratch_directory const scratch;
    auto const first = open_directory(scratch.path);
    BOOST_REQUIRE(first->lock().has_value());
    auto const second = open_directory(scratch.path)->lock();
    BOOST_REQUIRE(!second);
    BOOST_TEST((second.error().kind == failure_kind::unavailable));
    BOOST_TEST(second.error().message.find("pid " + std::to_string(::getpid())) != std::string::npos);
    BOOST_TEST(second.error().message.find(scratch.path) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(names_are_listed_renamed_and_removed)
{
    scratch_directory const scratch;
    auto const in = open_directory(scratch.path);
    BOOST_REQUIRE(in->open("b", file_access::fill).has_value());
    BOOST_REQUIRE(in->open("a", file_access::fill).has_value());
    BOOST_TEST(!in->open("a", file_access::fill).has_value());
    BOOST_TEST(in->rename("b", "c").has_value());
    BOOST_TEST((in->list().value() == std::vector<std::string>{"a", "c"}));
    BOOST_TEST(in->remove("a").has_value());
    BOOST_TEST(!in->exists("a"));
    BOOST_TEST(in->exists("c"));
    BOOST_TEST(in->sync().has_value());
    auto const missing = in->open("a", file_access::read);
    BOOST_REQUIRE(!missing);
    BOOST_TEST((missing.error().kind == failure_kind::io));
    BOOST_TEST(missing.error().message.find(scratch.path + "/a") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
