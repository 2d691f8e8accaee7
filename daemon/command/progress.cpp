#include "daemon/command/progress.hpp"

#include "daemon/command/table.hpp"

#include <unistd.h>

#include <cstdio>
#include <utility>

namespace bbstream::command {

namespace {

constexpr std::chrono::milliseconds pause{200};
constexpr char const* empty_line = "\r\x1b[K";

}  // namespace

progress::progress(std::string what, std::uint64_t last)
    : what_(std::move(what)), last_(last), shown_(::isatty(STDERR_FILENO) == 1), next_(std::chrono::steady_clock::now())
{
}

progress::~progress()
{
    if (shown_)
        std::fputs(empty_line, stderr);
}

void progress::at(std::uint64_t record)
{
    auto const now = std::chrono::steady_clock::now();
    if (!shown_ || now < next_)
        return;
    next_ = now + pause;
    auto const end = last_ == 0 ? std::string() : " of " + count_text(last_);
    std::fprintf(stderr, "%s%s %s%s", empty_line, what_.c_str(), count_text(record).c_str(), end.c_str());
}

}  // namespace bbstream::command
