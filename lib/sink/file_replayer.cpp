#include "sink/file_replayer.hpp"

#include "sink/failures.hpp"
#include "sink/rotated_names.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

namespace bbstream::sink {

namespace {

result<void> write_whole(int file, std::string const& path, std::string_view bytes)
{
    while (!bytes.empty()) {
        ssize_t const done = ::write(file, bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return away(path, done < 0 ? errno : ENOSPC);
        bytes.remove_prefix(static_cast<std::size_t>(done));
    }
    return {};
}

}  // namespace

file_replayer::file_replayer(std::string const& events, micros now)
{
    for (auto const kind : line_kinds)
        files_[index_of(kind)].path = replay_path_of(kind, events, now);
}

result<void> file_replayer::open()
{
    return create(files_[index_of(line_kind::events)]);
}

result<void> file_replayer::create(file& which)
{
    which.opened.reset(::open(which.path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640));
    if (!which.opened)
        return failure{failure_kind::permanent, system_failure(which.path, errno).message};
    return sync_directory(directory_of(which.path));
}

// A piece that can't be written leaves nothing behind: the file ends with a whole line.
result<void> file_replayer::append(file& to, std::string_view lines)
{
    auto written = write_whole(to.opened.get(), to.path, lines);
    if (written && ::fdatasync(to.opened.get()) != 0)
        written = away(to.path, errno);
    if (written)
        to.length += lines.size();
    else if (::ftruncate(to.opened.get(), static_cast<off_t>(to.length)) != 0)
        return failure{written.error().kind, written.error().message + "; its last line may be torn"};
    return written;
}

result<void> file_replayer::put(event::batch const& events)
{
    of_each_kind<std::string> lines;
    for (std::size_t at = 0; at < events.size(); ++at)
        lines[index_of(kind_of(events[at].topic))].append(events[at].value).append(1, '\n');
    for (auto const kind : line_kinds) {
        auto& file = files_[index_of(kind)];
        if (lines[index_of(kind)].empty())
            continue;
        if (!file.opened)
            if (auto const created = create(file); !created)
                return created;
        if (auto const written = append(file, lines[index_of(kind)]); !written)
            return written;
    }
    return {};
}

}  // namespace bbstream::sink
