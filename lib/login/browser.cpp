#include "login/browser.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <cstdlib>

namespace bbstream::login {
namespace {

bool is_set(char const* name)
{
    char const* const value = std::getenv(name);
    return value != nullptr && *value != '\0';
}

}  // namespace

bool open_browser(std::string const& url)
{
    if (!is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY"))
        return false;
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawnattr_init(&how);
    for (int const fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        ::posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_RDWR, 0);
    // A session of its own: Ctrl-C is not for the browser.
    ::posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSID);
    char program[] = "xdg-open";
    std::string address = url;
    char* arguments[] = {program, address.data(), nullptr};
    pid_t child = -1;
    bool const started = ::posix_spawnp(&child, program, &files, &how, arguments, environ) == 0;
    ::posix_spawn_file_actions_destroy(&files);
    ::posix_spawnattr_destroy(&how);
    return started;
}

}  // namespace bbstream::login
