#include "disk_model.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <vector>

extern "C" {
ssize_t __real_pwrite(int fd, void const* bytes, size_t size, off_t at);
int __real_fdatasync(int fd);
int __real_fsync(int fd);
int __real_rename(char const* from, char const* to);
int __real_ftruncate(int fd, off_t size);
int __real_unlink(char const* path);
}

namespace bbstream::test {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t sector = 512;

struct file_state {
    std::string durable;
    std::vector<std::pair<std::size_t, std::size_t>> dirty;  // begin and size of what was written since the last sync
};

struct model_state {
    std::string directory;
    std::uint64_t steps = 0;
    std::function<fault(std::uint64_t)> plan;
    std::map<ino_t, file_state> files;
    std::map<std::string, ino_t> durable_names;
};

model_state* model = nullptr;

std::string content_of(std::string const& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::map<std::string, ino_t> live_names()
{
    std::map<std::string, ino_t> names;
    for (auto const& each : fs::directory_iterator(model->directory)) {
        struct stat about {};
        ::stat(each.path().c_str(), &about);
        names[each.path().filename().string()] = about.st_ino;
    }
    return names;
}

std::string path_of(int fd)
{
    return fs::read_symlink("/proc/self/fd/" + std::to_string(fd)).string();
}

ino_t inode_of(int fd)
{
    struct stat about {};
    ::fstat(fd, &about);
    return about.st_ino;
}

bool watched(int fd)
{
    return model != nullptr && path_of(fd).starts_with(model->directory);
}

fault next_fault()
{
    ++model->steps;
    auto const plan = model->plan;  // it may replace itself
    return plan ? plan(model->steps) : fault::none;
}

// What was written since the last sync is on disk now; what a failed sync has forgotten stays forgotten.
void make_durable(int fd)
{
    auto& file = model->files[inode_of(fd)];
    auto const live = content_of("/proc/self/fd/" + std::to_string(fd));
    file.durable.resize(live.size(), '\0');
    for (auto const& [begin, size] : file.dirty)
        if (begin < live.size())
            live.copy(file.durable.data() + begin, std::min(size, live.size() - begin), begin);
    file.dirty.clear();
}

int sync(int fd, int (*real)(int))
{
    if (!watched(fd))
        return real(fd);
    bool const is_directory = path_of(fd) == model->directory;
    if (next_fault() != fault::none) {
        if (!is_directory)
            model->files[inode_of(fd)].dirty.clear();
        errno = EIO;
        return -1;
    }
    if (is_directory)
        model->durable_names = live_names();
    else
        make_durable(fd);
    return 0;
}

// A sector is written as a whole or not at all; one that never was may hold anything.
std::string sector_after_cut(std::string old_bytes, std::string new_bytes, std::size_t size, std::uint32_t choice)
{
    bool const was_there = !old_bytes.empty();
    old_bytes.resize(size, '\0');
    new_bytes.resize(size, '\0');
    if (choice < 2)
        return old_bytes;
    if (choice == 2 && !was_there)
        return std::string(size, '~');
    return new_bytes;
}

}  // namespace

void disk_model::watch(std::string directory)
{
    unwatch();
    model = new model_state;
    model->directory = std::move(directory);
    model->durable_names = live_names();
    for (auto const& [name, inode] : model->durable_names)
        model->files[inode].durable = content_of(model->directory + "/" + name);
}

void disk_model::unwatch()
{
    delete model;
    model = nullptr;
}

std::uint64_t disk_model::steps()
{
    return model->steps;
}

void disk_model::set_plan(std::function<fault(std::uint64_t)> plan)
{
    model->plan = std::move(plan);
}

void disk_model::kill()
{
    std::vector<int> open;
    for (auto const& each : fs::directory_iterator("/proc/self/fd"))
        if (fs::read_symlink(each.path()).string().starts_with(model->directory))
            open.push_back(std::stoi(each.path().filename().string()));
    for (int const fd : open)
        ::close(fd);
    model->steps = 0;
}

void disk_model::power_cut(std::string const& target, std::function<std::uint32_t(std::uint32_t)> random)
{
    auto const live = live_names();
    std::map<ino_t, std::string> live_bytes;
    for (auto const& [name, inode] : live)
        live_bytes[inode] = content_of(model->directory + "/" + name);
    for (auto const& [name, inode] : random(2) == 0 ? model->durable_names : live) {
        auto const& durable = model->files[inode].durable;
        auto const newer = live_bytes.contains(inode) ? live_bytes[inode] : durable;
        std::size_t const size = random(3) == 0 ? durable.size() : newer.size();
        std::string bytes;
        for (std::size_t at = 0; at < size; at += sector) {
            std::size_t const length = std::min(sector, size - at);
            bytes += sector_after_cut(at < durable.size() ? durable.substr(at, length) : std::string(),
                                      at < newer.size() ? newer.substr(at, length) : std::string(), length, random(6));
        }
        std::ofstream(target + "/" + name, std::ios::binary) << bytes;
    }
    kill();
    watch(target);
}

}  // namespace bbstream::test

using namespace bbstream::test;

extern "C" {

ssize_t __wrap_pwrite(int fd, void const* bytes, size_t size, off_t at)
{
    if (!watched(fd))
        return __real_pwrite(fd, bytes, size, at);
    auto const planned = next_fault();
    if (planned == fault::fails) {
        errno = ENOSPC;
        return -1;
    }
    ssize_t const n = __real_pwrite(fd, bytes, planned == fault::half_done ? size / 2 : size, at);
    if (n > 0)
        model->files[inode_of(fd)].dirty.emplace_back(at, n);
    return n;
}

int __wrap_fdatasync(int fd)
{
    return sync(fd, __real_fdatasync);
}

int __wrap_fsync(int fd)
{
    return sync(fd, __real_fsync);
}

int __wrap_rename(char const* from, char const* to)
{
    if (model == nullptr || !std::string_view(from).starts_with(model->directory))
        return __real_rename(from, to);
    if (next_fault() != fault::none) {
        errno = ENOSPC;
        return -1;
    }
    return __real_rename(from, to);
}

int __wrap_ftruncate(int fd, off_t size)
{
    if (!watched(fd))
        return __real_ftruncate(fd, size);
    if (next_fault() != fault::none) {
        errno = EIO;
        return -1;
    }
    return __real_ftruncate(fd, size);
}

int __wrap_unlink(char const* path)
{
    if (model == nullptr || !std::string_view(path).starts_with(model->directory))
        return __real_unlink(path);
    if (next_fault() != fault::none) {
        errno = EIO;
        return -1;
    }
    struct stat about {};
    ::stat(path, &about);
    model->files.erase(about.st_ino);  // another file may get the number
    return __real_unlink(path);
}
}
