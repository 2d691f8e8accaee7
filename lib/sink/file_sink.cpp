#include "sink/file_sink.hpp"

#include "observe/log.hpp"
#include "sink/rotated_names.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

namespace bbstream::sink {

namespace {

using clock = std::chrono::steady_clock;

bool has_bytes(std::string const& path)
{
    struct stat about {};
    return ::stat(path.c_str(), &about) == 0 && about.st_size > 0;
}

}  // namespace

std::string boot_id()
{
    auto text = read_file("/proc/sys/kernel/random/boot_id", 64);
    if (!text)
        return {};
    text->erase(std::remove(text->begin(), text->end(), '\n'), text->end());
    return *text;
}

file_sink_options options_of(config::sink const& from, event::topic_set const& topics)
{
    file_sink_options options;
    options.path = from.file_path;
    options.size_max = from.file_size_max;
    options.keep = from.file_keep;
    options.topics = topics;
    return options;
}

file_sink::file_sink(file_sink_options options) : options_(std::move(options)), cursor_file_(cursor_path(options_.path))
{
    for (auto const kind : line_kinds)
        if (topics_of(kind, options_.topics).any())
            files_.push_back({kind, {path_of(kind, options_.path), options_.size_max, options_.keep}});
}

result<stored_cursor> file_sink::open()
{
    usable_ = false;
    if (!cursor_file_.is_open())
        if (auto const read = read_cursor(); !read)
            return read.error();

    bool const trusted = durable_ && trusts_what_is_beyond(*durable_);
    auto const epoch = trusted ? std::optional(durable_->published.epoch) : std::nullopt;
    auto const known = durable_.value_or(file_cursor{});
    for (auto& each : files_)
        if (auto const opened = each.file.open(known.lines[index_of(each.kind)], epoch); !opened)
            return opened.error();
    if (!durable_) {
        owned_ = usable_ = true;
        return stored_cursor();
    }

    if (!published_ || !reaches(*published_)) {
        published_ = durable_->published;
        for (auto& each : files_)
            each.published = durable_->lines[index_of(each.kind)].last;
    }
    if (auto const saved = save(*published_); !saved)
        return saved.error();
    owned_ = usable_ = true;
    return published_;
}

// Without a cursor nothing is known of lines that are there; to write them again would double them.
result<void> file_sink::read_cursor()
{
    if (auto const made = make_directories(directory_of(options_.path)); !made)
        return failure{failure_kind::unavailable, made.error().message};
    auto read = cursor_file_.open();
    if (!read)
        return read.error();
    if (!*read)
        for (auto const& each : files_)
            if (auto const path = path_of(each.kind, options_.path); has_bytes(path))
                return failure{failure_kind::permanent, path + " has lines, but " + cursor_path(options_.path) +
                                                            " does not say how far they go: restore it, or move the "
                                                            "lines away"};
    durable_ = std::move(*read);
    if (options_.boot.empty())
        observe::warn(
            "the kernel does not tell its boot id, so each start counts as one after a power cut: the last lines "
            "before a kill are cut off and written again",
            {{"path", options_.path}});
    return {};
}

// A reboot, in which written lines may have been lost, has not taken place while this process or the boot id lasts.
bool file_sink::trusts_what_is_beyond(file_cursor const& durable) const
{
    return owned_ || (!options_.boot.empty() && durable.boot == options_.boot);
}

// Whether all lines that were reported as published are still there, durable or not.
bool file_sink::reaches(cursor const& published) const
{
    return same_log(published, durable_->published) &&
           std::ranges::all_of(files_, [](auto const& each) { return each.file.written().last >= each.published; });
}

result<void> file_sink::publish(event::batch const& events, cursor const& next)
{
    if (!usable_)
        return failure{failure_kind::unavailable, options_.path + ": not open"};
    auto const done = publish_lines(events, next);
    usable_ = static_cast<bool>(done);
    return done;
}

result<void> file_sink::publish_lines(event::batch const& events, cursor const& next)
{
    if (!durable_ || !same_log(durable_->published, next))
        if (auto const begun = begin_epoch(events, next); !begun)
            return begun;
    std::uint64_t unsynced_bytes = 0;
    for (auto& each : files_) {
        if (auto const written = write(events, next.epoch, each); !written)
            return written;
        unsynced_bytes += each.file.unsynced_bytes();
    }
    published_ = next;
    for (auto& each : files_)
        each.published = each.file.written().last;
    if (unsynced_bytes >= options_.sync_bytes || clock::now() - last_sync_ >= options_.sync_interval)
        return save(next);
    return {};
}

result<void> file_sink::write(event::batch const& events, std::uint32_t epoch, lines& to)
{
    auto& file = to.file;
    for (std::size_t at = 0; at < events.size(); ++at) {
        auto const each = events[at];
        if (kind_of(each.topic) != to.kind || file.has({epoch, each.position}))
            continue;
        if (file.is_full_for(each.value.size()))
            if (auto const rotated = rotate(file); !rotated)
                return rotated;
        if (auto const added = file.add({epoch, each.position}, each.value); !added)
            return added;
    }
    return file.write_out();
}

// A cursor that names the new journal is durable before its first line, so that the line is never without an owner.
result<void> file_sink::begin_epoch(event::batch const& events, cursor const& next)
{
    cursor before = next;
    if (!events.empty())
        before.sequence = events[0].position.sequence - 1;
    return save(before);
}

result<void> file_sink::rotate(line_file& full)
{
    if (auto const written = full.write_out(); !written)
        return written;
    if (auto const saved =
            save(published_ && same_log(*published_, durable_->published) ? *published_ : durable_->published);
        !saved)
        return saved;
    return full.rotate();
}

// Lines first, then the cursor that covers them.
result<void> file_sink::save(cursor const& published)
{
    auto next = durable_.value_or(file_cursor{});
    next.published = published;
    next.boot = options_.boot;
    for (auto& each : files_) {
        if (each.file.unsynced_bytes() > 0)
            if (auto const synced = each.file.sync(); !synced)
                return synced;
        next.lines[index_of(each.kind)] = each.file.written();
    }
    if (auto const written = cursor_file_.write(next); !written)
        return written;
    durable_ = std::move(next);
    last_sync_ = clock::now();
    return {};
}

std::uint64_t file_sink::durable_through(cursor const& published) const
{
    if (!durable_ || !same_log(durable_->published, published))
        return 0;
    return std::min(durable_->published.sequence, published.sequence);
}

result<void> file_sink::flush()
{
    if (!usable_ || !published_ || (durable_ && durable_through(*published_) == published_->sequence))
        return {};
    auto const saved = save(*published_);
    usable_ = static_cast<bool>(saved);
    return saved;
}

}  // namespace bbstream::sink
