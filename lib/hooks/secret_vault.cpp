#include "hooks/secret_vault.hpp"

#include "base/file_lock.hpp"
#include "credential/sealed_text.hpp"

#include <unistd.h>

#include <cerrno>

namespace bbstream::hooks {
namespace {

constexpr std::size_t file_bytes_max = 1024 * 1024;

// A file that was put in another instance's place does not open.
std::string label_of(std::string const& instance)
{
    return "webhook secrets of " + instance;
}

}  // namespace

bool secret_vault::has(std::string const& state_path, std::string const& instance)
{
    return ::access((state_path + "/webhooks/" + instance + ".sealed").c_str(), F_OK) == 0;
}

result<rotation> secret_vault::read(std::string const& instance) const
{
    auto const file = path(instance);
    if (::access(file.c_str(), F_OK) != 0 && errno == ENOENT)
        return rotation();
    auto const sealed = read_file(file, file_bytes_max);
    if (!sealed)
        return sealed.error();
    auto const plain = credential::unseal(key_, label_of(instance), *sealed);
    if (!plain)
        return failure{plain.error().kind, file + ' ' + plain.error().message};
    auto read = decode_rotation(*plain);
    if (!read)
        return failure{read.error().kind, file + ' ' + read.error().message};
    return read;
}

result<void> secret_vault::write(std::string const& instance, rotation const& what) const
{
    if (auto const made = make_directories(directory_); !made)
        return made;
    auto plain = encode(what);
    auto const sealed = credential::seal(key_, label_of(instance), plain);
    credential::wipe(plain);
    return replace_file(path(instance), sealed);
}

result<unique_fd> secret_vault::lock(std::string const& instance) const
{
    if (auto const made = make_directories(directory_); !made)
        return made.error();
    return lock_file(path(instance) + ".lock");
}

result<unique_fd> secret_vault::try_lock(std::string const& instance) const
{
    if (auto const made = make_directories(directory_); !made)
        return made.error();
    return try_lock_file(path(instance) + ".lock");
}

}  // namespace bbstream::hooks
