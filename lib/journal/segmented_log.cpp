#include "journal/segmented_log.hpp"

#include "base/thread.hpp"
#include "journal/batching.hpp"
#include "journal/log_reader.hpp"
#include "journal/system_directory.hpp"

#include <utility>

namespace bbstream::journal {

namespace {

using std::chrono::steady_clock;

// The writer thread turns at least this often, for retention and for a disk that refused.
constexpr std::chrono::milliseconds turn_at_least{250};
// A writer that has not turned for so long hangs.
constexpr std::chrono::milliseconds hang_after{10'000};

std::int64_t steady_ms()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now().time_since_epoch()).count();
}

void return_all(append_request* first, append_port& port, append_status status)
{
    for (auto* each = first; each != nullptr; each = each->next)
        each->status = status;
    port.completed(first);
}

}  // namespace

segmented_log::segmented_log(log_options options, std::unique_ptr<directory> in)
    : options_(std::move(options)), in_(std::move(in)), view_(options_.tail_bytes_max), queue_(options_.backlog)
{
}

result<std::unique_ptr<segmented_log>> segmented_log::open(log_options options)
{
    auto in = system_directory::open(options.path, true);
    if (!in)
        return in.error();
    return open(std::move(options), std::move(*in));
}

result<std::unique_ptr<segmented_log>> segmented_log::open(log_options options, std::unique_ptr<directory> in)
{
    if (auto locked = in->lock(); !locked)
        return locked.error();
    std::unique_ptr<segmented_log> log(new segmented_log(std::move(options), std::move(in)));
    auto writer = batch_writer::open(*log->in_, log->options_.writer, log->view_, steady_clock::now());
    if (!writer)
        return writer.error();
    log->writer_ = std::move(*writer);
    if (!log->in_->direct() && log->options_.writer.log)
        log->options_.writer.log("the file system of " + log->in_->path() +
                                 " has no O_DIRECT: the journal is written through the page cache, and synced");
    log->beat();
    log->thread_ = std::thread([raw = log.get()] {
        present_thread("journal", urgency::prompt);  // every request waits for it
        raw->run();
    });
    return log;
}

segmented_log::~segmented_log()
{
    close();
    if (thread_.joinable())
        thread_.join();
}

void segmented_log::close()
{
    queue_.close();
}

void segmented_log::turn_away(append_status why, std::size_t requests) const
{
    if (options_.turned_away)
        options_.turned_away(why, requests);
}

void segmented_log::append(append_request* first, append_port& port)
{
    if (first == nullptr)
        return;
    auto const list = measure(first, port);
    auto const refusal = list ? queue_.push(*list) : std::optional(append_status::refused);
    if (!refusal)
        return;
    std::size_t requests = 0;
    for (auto* each = first; each != nullptr; each = each->next)
        ++requests;
    turn_away(*refusal, requests);
    return_all(first, port, *refusal);
}

void segmented_log::run()
{
    std::vector<request_list> waiting;
    while (queue_.take(waiting, turn_at_least)) {
        beat();
        if (waiting.empty())
            writer_->maintain(steady_clock::now());
        write_all(waiting);
    }
    writer_->close(steady_clock::now());
}

void segmented_log::write_all(std::vector<request_list>& waiting)
{
    for (std::size_t position = 0; position < waiting.size();) {
        take_batch(waiting, position, batch_);
        std::size_t requests = 0;
        std::size_t bytes = 0;
        for (auto const& list : batch_) {
            requests += list.count;
            bytes += list.bytes;
        }
        auto const status = writer_->write(batch_, steady_clock::now());
        if (status != append_status::durable)
            turn_away(status, requests);
        queue_.done(requests, bytes);
        give_back(batch_);
        beat();
        writer_->maintain(steady_clock::now());
    }
}

void segmented_log::beat()
{
    last_beat_ms_.store(steady_ms(), std::memory_order_relaxed);
}

result<read_batch> segmented_log::read_after(std::uint64_t after, std::size_t bytes_max)
{
    return bbstream::journal::read_after(*in_, view_, after, bytes_max);
}

bool segmented_log::wait_beyond(std::uint64_t after, std::chrono::milliseconds at_most)
{
    return view_.wait_beyond(after, at_most);
}

void segmented_log::wake()
{
    view_.wake();
}

void segmented_log::release(std::uint64_t through)
{
    view_.release(through);
}

journal_status segmented_log::status() const
{
    auto status = view_.status();
    status.turning = steady_ms() - last_beat_ms_.load(std::memory_order_relaxed) < hang_after.count();
    return status;
}

}  // namespace bbstream::journal
