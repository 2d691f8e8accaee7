// Owning file descriptors and the small durable-file idioms that several folders need.
#pragma once

#include "base/failure.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace bbstream {

// Closes its descriptor; -1 is none.
class unique_fd {
   public:
    unique_fd() = default;
    explicit unique_fd(int fd) : fd_(fd) {}
    unique_fd(unique_fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    unique_fd& operator=(unique_fd&& other) noexcept
    {
        if (this != &other)
            reset(std::exchange(other.fd_, -1));
        return *this;
    }
    ~unique_fd() { reset(); }

    void reset(int fd = -1) noexcept;
    int release() noexcept { return std::exchange(fd_, -1); }
    int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }

   private:
    int fd_ = -1;
};

// The whole file, refused above bytes_max. Errors: io with the path; invalid when it is too large.
result<std::string> read_file(std::string const& path, std::size_t bytes_max);

// Writes the whole file anew and fsyncs it; its name in the directory is the caller's to make durable. Errors: io.
result<void> write_file(std::string const& path, std::string_view bytes, unsigned mode = 0640);

// Replaces the file durably: after a crash there is the former one or the new one. What root makes belongs to whom the
// directory belongs to. Errors: io.
result<void> replace_file(std::string const& path, std::string_view bytes, unsigned mode = 0600);

// Makes the directory and those above it that are missing, durably: for the owner, and the group to read. Errors: io.
result<void> make_directories(std::string const& path);

// fsync of a directory, which makes renames, creations and removals in it durable.
result<void> sync_directory(std::string const& path);

}  // namespace bbstream
