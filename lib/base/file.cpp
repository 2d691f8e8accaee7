#include "base/file.hpp"

#include "base/hex.hpp"
#include "base/random.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>

namespace bbstream {

void unique_fd::reset(int fd) noexcept
{
    if (fd_ >= 0)
        ::close(fd_);
    fd_ = fd;
}

result<std::string> read_file(std::string const& path, std::size_t bytes_max)
{
    unique_fd const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file)
        return system_failure(path, errno);
    std::string bytes;
    char block[64 * 1024];
    for (;;) {
        ssize_t const n = ::read(file.get(), block, sizeof block);
        if (n == 0)
            return bytes;
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return system_failure(path, errno);
        bytes.append(block, static_cast<std::size_t>(n));
        if (bytes.size() > bytes_max)
            return failure{failure_kind::invalid, path + ": larger than " + std::to_string(bytes_max) + " bytes"};
    }
}

result<void> write_file(std::string const& path, std::string_view bytes, unsigned mode)
{
    unique_fd const file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
    if (!file)
        return system_failure(path, errno);
    while (!bytes.empty()) {
        ssize_t const n = ::write(file.get(), bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return system_failure(path, errno);
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    if (::fsync(file.get()) != 0)
        return system_failure(path, errno);
    return {};
}

result<void> replace_file(std::string const& path, std::string_view bytes, unsigned mode)
{
    // A name of its own: others may be replacing the same file.
    std::array<unsigned char, 8> own{};
    fill_random(own);
    auto const fresh = path + '.' + to_hex(own) + ".new";
    auto const directory = std::filesystem::path(path).parent_path().string();
    auto done = write_file(fresh, bytes, mode);
    struct stat found {};
    bool const gives = ::geteuid() == 0 && ::stat(directory.c_str(), &found) == 0;
    if (done && gives && ::chown(fresh.c_str(), found.st_uid, found.st_gid) != 0)
        done = system_failure(fresh, errno);
    if (done && ::rename(fresh.c_str(), path.c_str()) != 0)
        done = system_failure(path, errno);
    if (done)
        return sync_directory(directory);
    ::unlink(fresh.c_str());
    return done;
}

result<void> make_directories(std::string const& path)
{
    std::filesystem::path level;
    bool made = false;
    for (auto const& part : std::filesystem::absolute(path).lexically_normal()) {
        level /= part;
        made = ::mkdir(level.c_str(), 0750) == 0;
        if (!made && errno != EEXIST)
            return system_failure(level.string(), errno);
        if (made)
            if (auto const synced = sync_directory(level.parent_path().string()); !synced)
                return synced;
    }
    // One that is there may have been made by a process that ended before it could sync.
    if (!made)
        (void)sync_directory(level.parent_path().string());
    return {};
}

result<void> sync_directory(std::string const& path)
{
    unique_fd const directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory)
        return system_failure(path, errno);
    if (::fsync(directory.get()) != 0)
        return system_failure(path, errno);
    return {};
}

}  // namespace bbstream
