#include "journal/system_directory.hpp"

#include "journal/format.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace bbstream::journal {

namespace {

class system_file final : public file {
   public:
    system_file(std::string name, unique_fd fd) : name_(std::move(name)), fd_(std::move(fd)) {}

    result<std::size_t> read(std::uint64_t offset, unsigned char* to, std::size_t size) const override
    {
        std::size_t done = 0;
        while (done < size) {
            ssize_t const n = ::pread(fd_.get(), to + done, size - done, static_cast<off_t>(offset + done));
            if (n < 0 && errno == EINTR)
                continue;
            if (n < 0)
                return system_failure("reading " + name_, errno);
            done += static_cast<std::size_t>(n);
            // A short read that ends within a block is the file's end; O_DIRECT could not go on from there.
            if (n == 0 || done % block_bytes != 0)
                break;
        }
        return done;
    }

    result<void> write(std::uint64_t offset, unsigned char const* from, std::size_t size) override
    {
        ssize_t n;
        do
            n = ::pwrite(fd_.get(), from, size, static_cast<off_t>(offset));
        while (n < 0 && errno == EINTR);
        if (n < 0)
            return system_failure("writing " + name_, errno);
        if (static_cast<std::size_t>(n) != size)
            return failure{failure_kind::io, "writing " + name_ + ": the disk took " + std::to_string(n) + " of " +
                                                 std::to_string(size) + " bytes"};
        return {};
    }

    result<void> allocate(std::uint64_t size) override
    {
        int error;
        do
            error = ::fallocate(fd_.get(), 0, 0, static_cast<off_t>(size)) == 0 ? 0 : errno;
        while (error == EINTR);
        if (error == 0 || error == EOPNOTSUPP || error == ENOSYS)
            return {};
        return system_failure("reserving space for " + name_, error);
    }

    result<void> sync() override
    {
        if (::fdatasync(fd_.get()) != 0)
            return system_failure("syncing " + name_, errno);
        return {};
    }

    result<void> settle() override
    {
        if (auto synced = sync(); !synced)
            return synced;
        if (int const error = ::posix_fadvise(fd_.get(), 0, 0, POSIX_FADV_DONTNEED); error != 0)
            return system_failure("dropping the cache of " + name_, error);
        return {};
    }

    result<std::uint64_t> size() const override
    {
        struct stat facts {};
        if (::fstat(fd_.get(), &facts) != 0)
            return system_failure(name_, errno);
        return static_cast<std::uint64_t>(facts.st_size);
    }

   private:
    std::string const name_;
    unique_fd const fd_;
};

int flags_of(file_access how)
{
    switch (how) {
        case file_access::fill:
            return O_RDWR | O_CREAT | O_EXCL;
        case file_access::append:
            return O_RDWR | O_DSYNC;
        case file_access::read:
            break;
    }
    return O_RDONLY;
}

// Whoever only looks whether a daemon runs holds it for a moment.
bool lock_soon(int fd)
{
    constexpr int tries = 10;
    constexpr useconds_t pause_us = 50'000;
    for (int at = 0; at < tries; ++at) {
        if (::flock(fd, LOCK_EX | LOCK_NB) == 0)
            return true;
        if (errno != EWOULDBLOCK)
            return false;
        ::usleep(pause_us);
    }
    errno = EWOULDBLOCK;
    return false;
}

}  // namespace

result<std::unique_ptr<system_directory>> system_directory::open(std::string const& path, bool create)
{
    if (create)
        if (auto const made = make_directories(path); !made)
            return made.error();
    unique_fd fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd)
        return system_failure(path, errno);
    return std::unique_ptr<system_directory>(new system_directory(path, std::move(fd)));
}

failure system_directory::failed(std::string const& name) const
{
    return system_failure(path_ + "/" + name, errno);
}

result<void> system_directory::lock()
{
    lock_.reset(::openat(fd_.get(), lock_name.data(), O_RDWR | O_CREAT | O_CLOEXEC, 0640));
    if (!lock_)
        return failed(std::string(lock_name));
    if (!lock_soon(lock_.get())) {
        if (errno != EWOULDBLOCK)
            return failed(std::string(lock_name));
        char holder[32] = {};
        ssize_t const n = ::pread(lock_.get(), holder, sizeof holder - 1, 0);
        lock_.reset();
        std::string const who = n > 0 ? " (pid " + std::string(holder, std::strcspn(holder, "\n")) + ")" : "";
        return failure{failure_kind::unavailable, "the journal " + path_ + " is in use by another process" + who};
    }
    auto const pid = std::to_string(::getpid()) + "\n";
    if (::ftruncate(lock_.get(), 0) != 0 || ::pwrite(lock_.get(), pid.data(), pid.size(), 0) < 0)
        return failed(std::string(lock_name));
    return {};
}

result<std::vector<std::string>> system_directory::list() const
{
    std::vector<std::string> names;
    std::error_code error;
    std::filesystem::directory_iterator entry(path_, error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error))
        names.push_back(entry->path().filename().string());
    if (error)
        return failure{failure_kind::io, path_ + ": " + error.message()};
    std::sort(names.begin(), names.end());
    return names;
}

bool system_directory::exists(std::string const& name) const
{
    return ::faccessat(fd_.get(), name.c_str(), F_OK, 0) == 0;
}

unique_fd system_directory::open_fd(std::string const& name, int flags)
{
    return unique_fd(::openat(fd_.get(), name.c_str(), flags | O_CLOEXEC, 0640));
}

result<std::unique_ptr<file>> system_directory::open(std::string const& name, file_access how)
{
    int const flags = flags_of(how);
    unique_fd fd;
    if (direct_) {
        fd = open_fd(name, flags | O_DIRECT);
        if (!fd && errno == EINVAL) {
            direct_ = false;
            // Some file systems create the file before they refuse the flag.
            if (how == file_access::fill)
                ::unlinkat(fd_.get(), name.c_str(), 0);
        } else if (!fd) {
            return failed(name);
        }
    }
    if (!fd)
        fd = open_fd(name, flags);
    if (!fd)
        return failed(name);
    return std::make_unique<system_file>(path_ + "/" + name, std::move(fd));
}

result<void> system_directory::rename(std::string const& from, std::string const& to)
{
    if (::renameat(fd_.get(), from.c_str(), fd_.get(), to.c_str()) != 0)
        return failed(from);
    return {};
}

result<void> system_directory::remove(std::string const& name)
{
    if (::unlinkat(fd_.get(), name.c_str(), 0) != 0)
        return failed(name);
    return {};
}

result<void> system_directory::sync()
{
    if (::fsync(fd_.get()) != 0)
        return system_failure("syncing " + path_, errno);
    return {};
}

}  // namespace bbstream::journal
