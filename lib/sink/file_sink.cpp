#include "sink/file_sink.hpp"

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

file_sink_options options_of(config::sink const& from)
{
    file_sink_options options;
    options.path = from.file_path;
    options.size_max = from.file_size_max;
    options.keep = from.file_keep;
    return options;
}

file_sink::file_sink(file_sink_options options)
    : options_(std::move(options)),
      cursor_file_(cursor_path(options_.path)),
      events_(options_.path, options_.size_max, options_.keep),
      dead_letters_(dead_letter_path(options_.path), options_.size_max, options_.keep)
{
}

result<stored_cursor> file_sink::open()
{
    usable_ = false;
    if (!cursor_file_.is_open())
        if (auto const read = read_cursor(); !read)
            return read.error();

    bool const trusted = durable_ && !options_.boot.empty() && durable_->boot == options_.boot;
    auto const epoch = trusted ? std::optional(durable_->published.epoch) : std::nullopt;
    auto const known = durable_.value_or(file_cursor{});
    if (auto const opened = events_.open(known.events, epoch); !opened)
        return opened.error();
    if (auto const opened = dead_letters_.open(known.dead_letters, epoch); !opened)
        return opened.error();
    if (!durable_) {
        usable_ = true;
        return stored_cursor();
    }

    if (!published_ || !reaches(*published_)) {
        published_ = durable_->published;
        published_event_ = durable_->events.last;
        published_dead_letter_ = durable_->dead_letters.last;
    }
    if (auto const saved = save(*published_); !saved)
        return saved.error();
    usable_ = true;
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
        for (auto const& path : {options_.path, dead_letter_path(options_.path)})
            if (has_bytes(path))
                return failure{failure_kind::permanent, path + " has lines, but " + cursor_path(options_.path) +
                                                            " does not say how far they go: restore it, or move the "
                                                            "lines away"};
    durable_ = std::move(*read);
    return {};
}

// Whether all lines that were reported as published are still there, durable or not.
bool file_sink::reaches(cursor const& published) const
{
    return same_log(published, durable_->published) && events_.written().last >= published_event_ &&
           dead_letters_.written().last >= published_dead_letter_;
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
    // Dead letters first: then a line of an event means that those before it are out too.
    if (auto const written = write(events, next.epoch, lines::dead_letters); !written)
        return written;
    if (auto const written = write(events, next.epoch, lines::events); !written)
        return written;
    published_ = next;
    published_event_ = events_.written().last;
    published_dead_letter_ = dead_letters_.written().last;
    if (events_.unsynced_bytes() >= options_.sync_bytes || clock::now() - last_sync_ >= options_.sync_interval)
        return save(next);
    return {};
}

result<void> file_sink::write(event::batch const& events, std::uint32_t epoch, lines which)
{
    auto& file = which == lines::events ? events_ : dead_letters_;
    for (std::size_t at = 0; at < events.size(); ++at) {
        auto const each = events[at];
        if ((each.topic == event::topic::dlq) != (which == lines::dead_letters) || file.has({epoch, each.position}))
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
    for (auto* file : {&dead_letters_, &events_})
        if (file->unsynced_bytes() > 0)
            if (auto const synced = file->sync(); !synced)
                return synced;
    file_cursor next{published, events_.written(), dead_letters_.written(), options_.boot};
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
