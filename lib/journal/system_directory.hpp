// The directory of the operating system: O_DIRECT and O_DSYNC where the file system has them.
#pragma once

#include "base/file.hpp"
#include "journal/directory.hpp"

#include <atomic>

namespace bbstream::journal {

class system_directory final : public directory {
   public:
    // Opens the directory; `create` makes it (0750), with its parents, where it does not exist.
    static result<std::unique_ptr<system_directory>> open(std::string const& path, bool create);

    std::string const& path() const override { return path_; }
    result<void> lock() override;
    result<std::vector<std::string>> list() const override;
    bool exists(std::string const& name) const override;
    result<std::unique_ptr<file>> open(std::string const& name, file_access how) override;
    result<void> rename(std::string const& from, std::string const& to) override;
    result<void> remove(std::string const& name) override;
    result<void> sync() override;
    bool direct() const override { return direct_; }

   private:
    system_directory(std::string path, unique_fd fd) : path_(std::move(path)), fd_(std::move(fd)) {}
    unique_fd open_fd(std::string const& name, int flags);
    failure failed(std::string const& name) const;

    std::string const path_;
    unique_fd const fd_;
    unique_fd lock_;
    std::atomic<bool> direct_ = true;
};

}  // namespace bbstream::journal
