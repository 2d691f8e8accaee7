#include "state/checkpoint_files.hpp"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <utility>

namespace bbstream::state {

namespace {

namespace fs = std::filesystem;

std::string checkpoint_name(std::size_t shard, std::uint64_t applied)
{
    char name[64];
    std::snprintf(name, sizeof name, "shard-%02zu.%019" PRIu64 ".checkpoint", shard, applied);
    return name;
}

// Shard and `applied` of exactly such a name.
std::optional<std::pair<std::size_t, std::uint64_t>> parse_name(std::string const& name)
{
    std::size_t shard = 0;
    std::uint64_t applied = 0;
    if (std::sscanf(name.c_str(), "shard-%2zu.%19" SCNu64, &shard, &applied) != 2 || shard >= shard_count ||
        name != checkpoint_name(shard, applied))
        return std::nullopt;
    return std::pair(shard, applied);
}

}  // namespace

std::string checkpoint_path(std::string const& directory, std::size_t shard, std::uint64_t applied)
{
    return directory + '/' + checkpoint_name(shard, applied);
}

std::string new_checkpoint_path(std::string const& directory, std::size_t shard)
{
    char name[32];
    std::snprintf(name, sizeof name, "/shard-%02zu.new", shard);
    return directory + name;
}

result<checkpoint_lists> list_checkpoints(std::string const& directory)
{
    checkpoint_lists lists;
    std::error_code error;
    for (fs::directory_iterator each(directory, error), end; !error && each != end; each.increment(error))
        if (auto const named = parse_name(each->path().filename().string()))
            lists[named->first].push_back(named->second);
    if (error && error != std::errc::no_such_file_or_directory)
        return failure{failure_kind::io, directory + ": " + error.message()};
    for (auto& each : lists)
        std::ranges::sort(each);
    return lists;
}

}  // namespace bbstream::state
