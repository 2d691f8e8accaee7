// A directory of its own that goes with the test.
#pragma once

#include <boost/test/unit_test.hpp>

#include <stdlib.h>

#include <filesystem>
#include <string>

namespace bbstream::journal::test {

struct scratch_directory {
    explicit scratch_directory(std::string const& below = std::filesystem::temp_directory_path().string())
    {
        path = below + "/bbstream-journal-XXXXXX";
        BOOST_REQUIRE(::mkdtemp(path.data()) != nullptr);
    }
    ~scratch_directory()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    scratch_directory(scratch_directory const&) = delete;
    scratch_directory& operator=(scratch_directory const&) = delete;

    std::string path;
};

}  // namespace bbstream::journal::test
