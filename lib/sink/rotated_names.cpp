#include "sink/rotated_names.hpp"

#include <algorithm>
#include <filesystem>

namespace bbstream::sink {

namespace fs = std::filesystem;

std::string directory_of(std::string const& path)
{
    auto const parent = fs::path(path).parent_path().string();
    return parent.empty() ? "." : parent;
}

std::string cursor_path(std::string const& events)
{
    return fs::path(events).replace_extension(".cursor").string();
}

std::string rotated_name(std::string const& path, mark const& first)
{
    fs::path const current(path);
    auto const name = current.stem().string() + "." + mark_text(first) + current.extension().string();
    return (current.parent_path() / name).string();
}

std::optional<mark> mark_in_name(std::string const& path, std::string const& full)
{
    auto const prefix = fs::path(path).stem().string() + ".";
    auto const suffix = fs::path(path).extension().string();
    auto const name = fs::path(full).filename().string();
    if (name.size() <= prefix.size() + suffix.size() || !name.starts_with(prefix) || !name.ends_with(suffix))
        return std::nullopt;
    return parse_mark(std::string_view(name).substr(prefix.size(), name.size() - prefix.size() - suffix.size()));
}

result<std::vector<std::string>> rotated_files(std::string const& path)
{
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator each(directory_of(path), error), end; !error && each != end; each.increment(error)) {
        auto const name = each->path().filename().string();
        if (mark_in_name(path, name))
            names.push_back((fs::path(path).parent_path() / name).string());
    }
    if (error)
        return failure{failure_kind::io, directory_of(path) + ": " + error.message()};
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace bbstream::sink
