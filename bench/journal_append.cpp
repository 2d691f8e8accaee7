// What an append costs: batches of records through the journal's thread to the disk, with a reader that follows.
//
//   journal_append DIRECTORY [RECORDS [BATCH [BODY_BYTES]]]
#include "journal/segmented_log.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace bbstream::journal;
using std::chrono::steady_clock;

double cpu_seconds()
{
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    auto const seconds = [](timeval const& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

class batch final : public append_port {
   public:
    batch(std::size_t count, std::size_t body_bytes) : body_(body_bytes, '{'), requests_(count) {}

    void append_to(segmented_log& log)
    {
        for (std::size_t i = 0; i < requests_.size(); ++i) {
            requests_[i].record.instance = "cloud";
            requests_[i].record.received = bbstream::now_micros();
            requests_[i].record.body = body_;
            requests_[i].next = i + 1 < requests_.size() ? &requests_[i + 1] : nullptr;
        }
        log.append(requests_.data(), *this);
        std::unique_lock lock(mutex_);
        arrived_.wait(lock, [this] { return back_; });
        back_ = false;
    }

    void completed(append_request* first) noexcept override
    {
        if (first->status != append_status::durable)
            std::fprintf(stderr, "a batch was turned away\n");
        std::lock_guard const lock(mutex_);
        back_ = true;
        arrived_.notify_one();
    }

   private:
    std::string const body_;
    std::vector<append_request> requests_;
    std::mutex mutex_;
    std::condition_variable arrived_;
    bool back_ = false;
};

void follow(segmented_log& log, std::uint64_t from, std::uint64_t through)
{
    for (std::uint64_t after = from; after < through;) {
        auto const read = log.read_after(after, 1u << 20);
        if (!read)
            std::exit(1);
        after += read->records.size();
        log.release(after);
        log.wait_beyond(after, std::chrono::milliseconds(100));
    }
}

double quantile(std::vector<double>& of, double part)
{
    std::sort(of.begin(), of.end());
    return of[static_cast<std::size_t>(part * static_cast<double>(of.size() - 1))] * 1e6;
}

}  // namespace

int main(int argc, char** argv)
{
    auto const argument = [&](int at, std::size_t otherwise) {
        return argc > at ? std::strtoull(argv[at], nullptr, 10) : otherwise;
    };
    if (argc < 2) {
        std::fprintf(stderr, "usage: journal_append DIRECTORY [RECORDS [BATCH [BODY_BYTES]]]\n");
        return 2;
    }
    std::size_t const records = argument(2, 200'000), size = argument(3, 32), body_bytes = argument(4, 5'000);
    log_options options;
    options.path = argv[1];
    options.writer.limits.size_max = 1u << 30;
    std::vector<double> writes;
    writes.reserve(records / size + 1);
    options.writer.written = [&](double seconds, std::size_t, std::size_t) { writes.push_back(seconds); };
    options.writer.log = [](std::string_view line) {
        std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
    };
    auto log = segmented_log::open(std::move(options));
    if (!log) {
        std::fprintf(stderr, "%s\n", log.error().message.c_str());
        return 1;
    }
    auto const last = (*log)->status().last;
    batch batch(size, body_bytes);
    auto const cpu = cpu_seconds();
    auto const started = steady_clock::now();
    std::thread reader([&] { follow(**log, last, last + records / size * size); });
    std::vector<double> answers;
    for (std::size_t i = 0; i < records / size; ++i) {
        auto const sent = steady_clock::now();
        batch.append_to(**log);
        answers.push_back(std::chrono::duration<double>(steady_clock::now() - sent).count());
    }
    reader.join();
    double const seconds = std::chrono::duration<double>(steady_clock::now() - started).count();
    double const per_record = (cpu_seconds() - cpu) / static_cast<double>(records) * 1e6;
    log->reset();
    std::printf("%zu records of %zu bytes in batches of %zu: %.2f us CPU a record, %.0f records/s\n", records,
                body_bytes, size, per_record, static_cast<double>(records) / seconds);
    std::printf("durable write: median %.0f us, p99 %.0f us, worst %.0f us; answer: p99 %.0f us, worst %.0f us\n",
                quantile(writes, 0.5), quantile(writes, 0.99), quantile(writes, 1), quantile(answers, 0.99),
                quantile(answers, 1));
}
