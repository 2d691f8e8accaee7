#include "credential/token_store.hpp"

#include "base/file_lock.hpp"
#include "base/hex.hpp"
#include "credential/sealed_text.hpp"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

namespace bbstream::credential {
namespace {

namespace fs = std::filesystem;

// A token has some 3,000 bytes; a larger file is none of ours.
constexpr std::size_t file_bytes_max = 256 * 1024;
// Of reserved room; larger tokens take what they need when they are there.
constexpr off_t room_bytes = 32 * 1024;
constexpr std::string_view extension = ".sealed";
constexpr std::string_view while_it_is_made = ".new";

bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '@';
}

// The user's name with all else as %XX, so that any name is one file's.
std::string file_name(owner const& of)
{
    std::string name = of.instance + '.';
    for (char const c : of.user) {
        auto const byte = static_cast<unsigned char>(c);
        name += is_plain(c) ? std::string(1, c) : '%' + to_hex({&byte, 1});
    }
    return name;
}

std::optional<std::string> decoded(std::string_view name)
{
    std::string user;
    for (std::size_t at = 0; at < name.size(); ++at) {
        unsigned char byte = 0;
        if (name[at] != '%')
            user += name[at];
        else if (from_hex(name.substr(at + 1, 2), {&byte, 1}))
            user += static_cast<char>(byte), at += 2;
        else
            return std::nullopt;
    }
    return user;
}

failure in_file(std::string const& path, failure const& why)
{
    auto const cure = why.kind == failure_kind::corrupt ? "; move it away and log in again" : "";
    return {why.kind, path + " " + why.message + cure};
}

// What root makes belongs to whom the directory belongs to: the service must be able to read it.
void give_to_owner_of(std::string const& directory, int file)
{
    struct stat found {};
    if (::geteuid() == 0 && ::stat(directory.c_str(), &found) == 0 && ::fchown(file, found.st_uid, found.st_gid) != 0)
        return;  // then root alone can read it, and the service says that it can't
}

// What the file had before is gone.
result<void> write_whole(int file, std::string const& path, std::string_view bytes)
{
    auto const size = static_cast<off_t>(bytes.size());
    while (!bytes.empty()) {
        auto const n = ::write(file, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return system_failure(path, errno);
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    if (::ftruncate(file, size) != 0)
        return system_failure(path, errno);
    return ::fsync(file) == 0 ? result<void>() : system_failure(path, errno);
}

}  // namespace

std::string token_directory(std::string const& state_path)
{
    return state_path + "/tokens";
}

std::string token_path(std::string const& directory, owner const& of)
{
    return directory + '/' + file_name(of) + std::string(extension);
}

result<void> check_name(owner const& of)
{
    if (file_name(of).size() + extension.size() + while_it_is_made.size() > NAME_MAX)
        return failure{failure_kind::invalid,
                       "the name is too long: the file that tokens are kept in is called after it"};
    return {};
}

result<std::vector<std::string>> kept_users(std::string const& directory, std::string const& instance)
{
    std::vector<std::string> users;
    auto const beginning = instance + '.';
    std::error_code error;
    for (fs::directory_iterator each(directory, error), end; !error && each != end; each.increment(error)) {
        std::string const name = each->path().filename().string();
        if (!name.starts_with(beginning) || !name.ends_with(extension))
            continue;
        auto const middle = std::string_view(name).substr(beginning.size());
        if (auto user = decoded(middle.substr(0, middle.size() - extension.size())))
            users.push_back(std::move(*user));
    }
    if (error && error != std::errc::no_such_file_or_directory)
        return failure{failure_kind::io, directory + ": " + error.message()};
    std::sort(users.begin(), users.end());
    return users;
}

result<void> token_store::make_directory() const
{
    auto const above = fs::path(directory_).parent_path().string();
    if (auto const made = make_directories(above); !made)
        return made;
    if (::mkdir(directory_.c_str(), 0700) != 0)
        return errno == EEXIST ? result<void>() : system_failure(directory_, errno);
    unique_fd const made(::open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (made)
        give_to_owner_of(above, made.get());
    return sync_directory(above);
}

result<std::optional<grant>> token_store::read(owner const& of) const
{
    auto const file = path(of);
    if (::access(file.c_str(), F_OK) != 0 && errno == ENOENT)
        return std::optional<grant>();
    auto const sealed = read_file(file, file_bytes_max);
    if (!sealed)
        return sealed.error();
    auto const plain = unseal(key_, file_name(of), *sealed);
    if (!plain)
        return in_file(file, plain.error());
    auto read = decode_grant(*plain);
    if (!read)
        return in_file(file, read.error());
    return std::optional(std::move(*read));
}

reserved_room::~reserved_room()
{
    if (file_)
        ::unlink(path_.c_str());
}

result<void> reserved_room::become(std::string const& path, std::string_view bytes)
{
    if (auto const written = write_whole(file_.get(), path_, bytes); !written)
        return written;
    if (::rename(path_.c_str(), path.c_str()) != 0)
        return system_failure(path_, errno);
    file_.reset();
    return sync_directory(fs::path(path).parent_path().string());
}

result<reserved_room> token_store::reserve(owner const& of) const
{
    if (auto const made = make_directory(); !made)
        return made.error();
    auto const fresh = path(of) + std::string(while_it_is_made);
    // One that a crash has left may be of any mode.
    ::unlink(fresh.c_str());
    unique_fd file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file)
        return system_failure(fresh, errno);
    give_to_owner_of(directory_, file.get());
    int const kept = file.get();
    reserved_room room(fresh, std::move(file));
    if (int const error = ::posix_fallocate(kept, 0, room_bytes); error != 0)
        return system_failure(fresh, error);
    return room;
}

result<void> token_store::write(owner const& of, grant const& what) const
{
    if (auto const there = read(of); !there)
        return there.error();
    auto room = reserve(of);
    if (!room)
        return room.error();
    return write(of, what, std::move(*room));
}

result<void> token_store::write(owner const& of, grant const& what, reserved_room room) const
{
    if (auto const there = read(of); !there)
        return there.error();
    return room.become(path(of), seal(key_, file_name(of), encode_grant(what)));
}

result<unique_fd> token_store::try_lock(owner const& of) const
{
    if (auto const made = make_directory(); !made)
        return made.error();
    return try_lock_file(directory_ + '/' + file_name(of) + ".lock");
}

}  // namespace bbstream::credential
