// The role of a directory of files on a disk: every system call of the journal goes through it, so that a test can put
// a disk in its place that forgets what was not synced, tears, and fails on demand.
#pragma once

#include "base/failure.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace bbstream::journal {

// Offsets, sizes and memory are multiples of a block, and aligned to one, in reads and writes.
class file {
   public:
    virtual ~file() = default;

    // Fewer bytes than asked for only at the file's end. Any thread.
    virtual result<std::size_t> read(std::uint64_t offset, unsigned char* to, std::size_t size) const = 0;
    // All of it or a failure, after which any part may be there. With file_access::append it is durable on return.
    virtual result<void> write(std::uint64_t offset, unsigned char const* from, std::size_t size) = 0;
    // Reserves space and sets the size, where the file system can; no error where it can't.
    virtual result<void> allocate(std::uint64_t size) = 0;
    // Makes content and size durable.
    virtual result<void> sync() = 0;
    // Makes reads tell what the disk holds: syncs, then forgets what is cached. (After a failed sync the page cache
    // calls pages clean that the disk never took.)
    virtual result<void> settle() = 0;
    virtual result<std::uint64_t> size() const = 0;
};

enum class file_access {
    read,
    fill,    // a new file, that must not exist: writes are durable after sync()
    append,  // an existing file: each write is durable on return
};

// Names are of files directly in it. Any thread; creations, renames and removals are durable after sync().
class directory {
   public:
    virtual ~directory() = default;

    // How messages call it.
    virtual std::string const& path() const = 0;
    // Refuses (unavailable) while another process holds it; held until the destruction.
    virtual result<void> lock() = 0;
    virtual result<std::vector<std::string>> list() const = 0;
    virtual bool exists(std::string const& name) const = 0;
    virtual result<std::unique_ptr<file>> open(std::string const& name, file_access how) = 0;
    virtual result<void> rename(std::string const& from, std::string const& to) = 0;
    virtual result<void> remove(std::string const& name) = 0;
    virtual result<void> sync() = 0;
    // False once the file system has refused O_DIRECT.
    virtual bool direct() const = 0;
};

}  // namespace bbstream::journal
