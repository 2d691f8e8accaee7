// Files that are wrong, and every word of what is said about them: bad/NAME.toml beside bad/NAME.txt.
// REGENERATE=1 rewrites the latter; the difference is for review.
#include "config/load.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

using namespace bbstream;

namespace {

std::filesystem::path const folder = std::filesystem::path(BBSTREAM_SOURCE_DIR) / "tests/unit/config/bad";

std::string text_of(std::filesystem::path const& path)
{
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

std::vector<std::filesystem::path> bad_files()
{
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".toml")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_bad_file_gets_its_messages)
{
    auto const files = bad_files();
    BOOST_REQUIRE(files.size() >= 8u);
    for (auto const& file : files) {
        auto const read = config::parse(text_of(file), file.filename());
        BOOST_REQUIRE_MESSAGE(read.has_error(), file << " was accepted");
        auto const messages = read.error().message + '\n';
        auto golden = file;
        golden.replace_extension(".txt");
        if (std::getenv("REGENERATE") != nullptr)
            std::ofstream(golden, std::ios::binary) << messages;
        BOOST_TEST(messages == text_of(golden), file.filename());
    }
}

BOOST_AUTO_TEST_CASE(no_message_shows_what_stands_where_a_secret_belongs)
{
    for (auto const& file : bad_files()) {
        auto const read = config::parse(text_of(file), file.filename());
        BOOST_REQUIRE(read.has_error());
        BOOST_TEST(read.error().message.find("hunter2") == std::string::npos, read.error().message);
    }
}
