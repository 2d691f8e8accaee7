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

file_replayer::file_replayer(std::string const& events, micros now) : path_(replay_path(events, now)) {}

result<void> file_replayer::open()
{
    file_.reset(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640));
    if (!file_)
        return failure{failure_kind::permanent, system_failure(path_, errno).message};
    return sync_directory(directory_of(path_));
}

result<void> file_replayer::put(event::batch const& events)
{
    std::string lines;
    for (std::size_t at = 0; at < events.size(); ++at)
        lines.append(events[at].value).append(1, '\n');
    if (auto const written = write_whole(file_.get(), path_, lines); !written)
        return written;
    return ::fdatasync(file_.get()) == 0 ? result<void>() : away(path_, errno);
}

}  // namespace bbstream::sink
