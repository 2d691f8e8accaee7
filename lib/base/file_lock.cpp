#include "base/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

namespace bbstream {
namespace {

// What root makes belongs to whom the directory belongs to, so that the service can take it later.
result<unique_fd> open_lock(std::string const& path)
{
    unique_fd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0660));
    if (!file)
        return system_failure(path, errno);
    auto const directory = std::filesystem::path(path).parent_path().string();
    struct stat found {};
    bool const gives = ::geteuid() == 0 && ::stat(directory.c_str(), &found) == 0;
    if (gives && ::fchown(file.get(), found.st_uid, found.st_gid) != 0)
        return system_failure(path, errno);
    return file;
}

}  // namespace

result<unique_fd> lock_file(std::string const& path)
{
    auto file = open_lock(path);
    if (!file)
        return file;
    int locked = 0;
    do
        locked = ::flock(file->get(), LOCK_EX);
    while (locked != 0 && errno == EINTR);
    if (locked != 0)
        return system_failure(path, errno);
    return file;
}

result<unique_fd> try_lock_file(std::string const& path)
{
    auto file = open_lock(path);
    if (!file || ::flock(file->get(), LOCK_EX | LOCK_NB) == 0)
        return file;
    if (errno == EWOULDBLOCK || errno == EINTR)
        return unique_fd();
    return system_failure(path, errno);
}

}  // namespace bbstream
