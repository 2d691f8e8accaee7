// Tokens that were granted, sealed on disk: a file an instance and user, replaced whole and durably, one writer at a
// time among all processes.
#pragma once

#include "base/file.hpp"
#include "credential/grant.hpp"
#include "credential/sealing_key.hpp"

#include <optional>
#include <vector>

namespace bbstream::credential {

// Whose tokens: the instance of the configuration, and the name that the person's are kept under there.
struct owner {
    std::string instance;
    std::string user;
};

// Where tokens are kept within the state's directory ([state] path).
std::string token_directory(std::string const& state_path);

// Who has tokens of this instance, by name. Needs no key. Errors: io.
result<std::vector<std::string>> kept_users(std::string const& directory, std::string const& instance);

// Errors: invalid where no file can be called after the user.
result<void> check_name(owner const& of);

// Where the tokens of one lie.
std::string token_path(std::string const& directory, owner const& of);

// A file on the disk for what a write() will bring: made, and filled, before it is known what that is. It goes with the
// object unless it has become the tokens' file.
class reserved_room {
   public:
    reserved_room(std::string path, unique_fd file) : path_(std::move(path)), file_(std::move(file)) {}
    reserved_room(reserved_room&&) noexcept = default;
    reserved_room& operator=(reserved_room&&) = delete;
    ~reserved_room();

    // Takes the place of `path`, durably. Errors: io.
    result<void> become(std::string const& path, std::string_view bytes);

   private:
    std::string const path_;
    unique_fd file_;
};

class token_store {
   public:
    token_store(std::string directory, sealing_key key) : directory_(std::move(directory)), key_(std::move(key)) {}

    // Nothing where there are none. Errors, each with the file's name: io; those of unseal().
    result<std::optional<grant>> read(owner const& of) const;

    // Replaces them; when it returns they are durable. Call it with the lock held. What can't be opened is never
    // replaced. Errors: io, and those of read().
    result<void> write(owner const& of, grant const& what) const;

    // Makes sure that a write() which comes next has what it needs: the right to make the file, and room. Call it with
    // the lock held. Errors: io.
    result<reserved_room> reserve(owner const& of) const;
    result<void> write(owner const& of, grant const& what, reserved_room room) const;

    // Held until it is closed, or the process ends. None where another holds it. Errors: io.
    result<unique_fd> try_lock(owner const& of) const;

    std::string path(owner const& of) const { return token_path(directory_, of); }

   private:
    result<void> make_directory() const;

    std::string const directory_;
    sealing_key const key_;
};

}  // namespace bbstream::credential
