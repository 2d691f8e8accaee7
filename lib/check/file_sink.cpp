#include "check/file_sink.hpp"

#include "base/file.hpp"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace bbstream::check {
namespace {

// Less is worth a word.
constexpr std::uint64_t space_noticed = 1ull << 30;

// A file system without O_TMPFILE is asked for the right to write only.
int try_to_write(std::string const& directory)
{
    unique_fd const made(::open(directory.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600));
    if (made)
        return 0;
    if (errno != EOPNOTSUPP && errno != EISDIR)
        return errno;
    return ::access(directory.c_str(), W_OK | X_OK) == 0 ? 0 : errno;
}

}  // namespace

lines check_file_sink(config::sink const& sink)
{
    auto directory = std::filesystem::path(sink.file_path).parent_path().string();
    if (directory.empty())
        directory = ".";
    line told{"file", grade::ok, directory + " can be written", {}};
    if (int const why = try_to_write(directory); why != 0) {
        told.how = grade::failed;
        told.said = directory + ": " + std::strerror(why);
        told.advice = why == ENOENT ? "make it, for the daemon's user" : "run this as the daemon's user, or chown it";
        return {told};
    }
    struct statvfs space {};
    if (::statvfs(directory.c_str(), &space) == 0) {
        auto const left = static_cast<std::uint64_t>(space.f_bavail) * space.f_frsize;
        told.said += ", " + std::to_string(left >> 20) + " MiB are free";
        if (left < space_noticed) {
            told.how = grade::warning;
            told.advice = "make room: a full disk stops publishing, then receiving";
        }
    }
    return {told};
}

}  // namespace bbstream::check
