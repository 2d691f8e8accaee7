#include "daemon/command/complain.hpp"

#include <cstdio>

namespace bbstream::command {

int complain(std::string_view why)
{
    while (!why.empty()) {
        auto const line = why.substr(0, why.find('\n'));
        std::fprintf(stderr, "bbstream: %.*s\n", static_cast<int>(line.size()), line.data());
        why.remove_prefix(line.size() < why.size() ? line.size() + 1 : line.size());
    }
    return failed;
}

int print(std::string_view text)
{
    auto const written = std::fwrite(text.data(), 1, text.size(), stdout);
    if (written != text.size() || std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
        return complain("standard output can't be written");
    return success;
}

}  // namespace bbstream::command
