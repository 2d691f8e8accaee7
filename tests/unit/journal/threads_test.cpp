#include "journal/inspect.hpp"
#include "journal/segmented_log.hpp"
#include "unit/journal/scratch_directory.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <fstream>
#include <mutex>
#include <random>
#include <thread>

using namespace bbstream;
using namespace bbstream::journal;
using namespace bbstream::journal::test;

namespace {

std::unique_ptr<segmented_log> open_log(log_options options)
{
    auto log = segmented_log::open(std::move(options));
    BOOST_REQUIRE_MESSAGE(log.has_value(), (log ? "" : log.error().message));
    return std::move(*log);
}

log_options options_for(std::string const& path)
{
    log_options options;
    options.path = path;
    options.writer.limits = {64u << 10, 512u << 10, 64u << 20};
    return options;
}

// One reactor's stand-in: keeps requests in flight until all of its records have come back durable.
class producer final : public append_port {
   public:
    producer(segmented_log& to, unsigned number, std::size_t records) : log_(to), records_(records)
    {
        for (std::size_t i = 0; i < in_flight; ++i) {
            slots_.emplace_back();
            slots_.back().body = std::to_string(number) + "-";
            slots_.back().body.resize(10 + 97 * i, 'x');
        }
    }

    void run()
    {
        for (std::size_t sent = 0; sent < records_;) {
            append_request* list = nullptr;
            std::size_t const wanted = std::min(records_ - sent, 1 + sent % in_flight);
            for (std::size_t i = 0; i < wanted; ++i) {
                auto& slot = slots_[i];
                slot.request.record.instance = "cloud";
                slot.request.record.received = now_micros();
                slot.request.record.body = slot.body;
                slot.request.next = list;
                list = &slot.request;
            }
            log_.append(list, *this);
            sent += wait_for(wanted);
        }
    }

    void completed(append_request* first) noexcept override
    {
        std::lock_guard const lock(mutex_);
        for (auto* each = first; each != nullptr; each = each->next) {
            ++back_;
            if (each->status == append_status::durable)
                sequences.push_back(each->record.sequence);
        }
        arrived_.notify_one();
    }

    std::vector<std::uint64_t> sequences;

   private:
    struct slot {
        append_request request;
        std::string body;
    };

    // How many of them are durable; the others are sent again.
    std::size_t wait_for(std::size_t count)
    {
        std::unique_lock lock(mutex_);
        auto const before = durable_seen_;
        arrived_.wait(lock, [&] { return back_ == count; });
        back_ = 0;
        durable_seen_ = sequences.size();
        return durable_seen_ - before;
    }

    static constexpr std::size_t in_flight = 16;
    segmented_log& log_;
    std::size_t const records_;
    std::deque<slot> slots_;
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::size_t back_ = 0;
    std::size_t durable_seen_ = 0;
};

// A publisher's stand-in: follows, compares and releases.
void follow(segmented_log& log, std::uint64_t through, std::atomic<std::uint64_t>& holes)
{
    std::uint64_t after = 0;
    while (after < through) {
        auto const batch = log.read_after(after, 64u << 10);
        if (!batch) {
            ++holes;
            return;
        }
        for (auto const& each : batch->records)
            holes += each.sequence == ++after && each.instance == "cloud" && each.body.size() >= 10 ? 0 : 1;
        log.release(after);
        log.wait_beyond(after, std::chrono::milliseconds(100));
    }
}

struct one_request final : append_port {
    explicit one_request(std::string body_bytes) : body(std::move(body_bytes)) { request.record.body = body; }
    void completed(append_request* first) noexcept override
    {
        std::lock_guard const lock(mutex);
        status = first->status;
        by = std::this_thread::get_id();
        back = true;
        arrived.notify_one();
    }
    append_status wait()
    {
        std::unique_lock lock(mutex);
        arrived.wait(lock, [this] { return back; });
        return status;
    }

    std::string body;
    append_request request;
    append_status status = append_status::refused;
    std::thread::id by;
    bool back = false;
    std::mutex mutex;
    std::condition_variable arrived;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(threads)

BOOST_AUTO_TEST_CASE(many_producers_and_readers_see_every_record_once_and_in_order)
{
    constexpr unsigned producers = 4;
    constexpr std::size_t records = 1'500;
    scratch_directory const scratch;
    auto options = options_for(scratch.path + "/journal");
    options.writer.retention = std::chrono::microseconds(1);
    std::atomic<std::size_t> written = 0;
    options.writer.written = [&](double, std::size_t count, std::size_t) { written += count; };
    auto log = open_log(std::move(options));
    std::deque<producer> ports;
    std::vector<std::thread> running;
    for (unsigned i = 0; i < producers; ++i)
        ports.emplace_back(*log, i, records);
    std::atomic<std::uint64_t> holes = 0;
    running.emplace_back([&] { follow(*log, producers * records, holes); });
    for (auto& port : ports)
        running.emplace_back([&port] { port.run(); });
    for (int i = 0; i < 5; ++i) {
        auto const status = log->status();
        BOOST_TEST(status.turning);
        BOOST_TEST(inspect(scratch.path + "/journal").has_value());
    }
    for (auto& each : running)
        each.join();
    BOOST_TEST(holes == 0u);
    BOOST_TEST(written == producers * records);
    std::vector<bool> seen(producers * records + 1);
    for (auto const& port : ports) {
        BOOST_TEST(port.sequences.size() == records);
        for (auto const sequence : port.sequences) {
            BOOST_REQUIRE(sequence < seen.size());
            BOOST_TEST(!seen[sequence]);
            seen[sequence] = true;
        }
    }
    log.reset();
    auto const checked = check(scratch.path + "/journal");
    BOOST_REQUIRE(checked.has_value());
    BOOST_TEST(checked->findings.empty());
    log = open_log(options_for(scratch.path + "/journal"));
    BOOST_TEST(log->status().last == producers * records);
}

BOOST_AUTO_TEST_CASE(a_second_process_is_refused_and_may_look)
{
    scratch_directory const scratch;
    auto const log = open_log(options_for(scratch.path));
    auto const second = segmented_log::open(options_for(scratch.path));
    BOOST_REQUIRE(!second);
    BOOST_TEST((second.error().kind == failure_kind::unavailable));
    BOOST_TEST(inspect(scratch.path).has_value());
    BOOST_TEST(check(scratch.path).has_value());
}

BOOST_AUTO_TEST_CASE(what_waits_when_it_closes_is_written_and_what_comes_later_is_turned_away)
{
    scratch_directory const scratch;
    auto log = open_log(options_for(scratch.path));
    std::deque<one_request> requests;
    for (int i = 0; i < 100; ++i) {
        requests.emplace_back("body");
        log->append(&requests.back().request, requests.back());
    }
    log->close();
    one_request late("late");
    log->append(&late.request, late);
    BOOST_TEST((late.status == append_status::closed));
    BOOST_TEST((late.by == std::this_thread::get_id()));
    for (auto& each : requests)
        BOOST_TEST((each.wait() == append_status::durable));
    log.reset();
    BOOST_TEST(inspect(scratch.path)->status.last == 100u);
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_the_backlog_or_the_format_is_back_at_once)
{
    scratch_directory const scratch;
    auto options = options_for(scratch.path);
    std::atomic<std::size_t> away = 0;
    options.turned_away = [&](append_status, std::size_t count) { away += count; };
    auto const log = open_log(std::move(options));
    one_request odd("x");
    std::string const name(70'000, 'i');
    odd.request.record.instance = name;
    log->append(&odd.request, odd);
    BOOST_TEST((odd.status == append_status::refused));
    BOOST_TEST((odd.by == std::this_thread::get_id()));
    BOOST_TEST(away == 1u);
}

BOOST_AUTO_TEST_CASE(a_waiting_reader_is_told_of_a_record_and_of_a_wake)
{
    scratch_directory const scratch;
    auto const log = open_log(options_for(scratch.path));
    std::thread waker([&log] { log->wake(); });
    BOOST_TEST(!log->wait_beyond(0, std::chrono::hours(1)));
    waker.join();
    one_request one("x");
    std::thread appender([&] { log->append(&one.request, one); });
    BOOST_TEST(log->wait_beyond(0, std::chrono::hours(1)));
    appender.join();
    BOOST_TEST((one.wait() == append_status::durable));
    BOOST_TEST((one.by != std::this_thread::get_id()));
}

BOOST_AUTO_TEST_CASE(a_damaged_file_stops_the_start_with_a_message_that_helps)
{
    scratch_directory const scratch;
    {
        auto const log = open_log(options_for(scratch.path));
        one_request one("body");
        log->append(&one.request, one);
        BOOST_TEST((one.wait() == append_status::durable));
    }
    {
        std::fstream file(scratch.path + "/" + segment_name(1), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(block_bytes + 40);
        file.put('!');
    }
    auto const opened = segmented_log::open(options_for(scratch.path));
    BOOST_REQUIRE(!opened);
    BOOST_TEST(opened.error().message.find(segment_name(1) + " is damaged at offset 4096") != std::string::npos);
    BOOST_TEST(check(scratch.path)->damaged());
}

BOOST_AUTO_TEST_SUITE_END()
