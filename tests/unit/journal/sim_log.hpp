// A writer on a simulated disk, and short ways to use it.
#pragma once

#include "journal/batch_writer.hpp"
#include "journal/batching.hpp"
#include "journal/log_reader.hpp"
#include "unit/journal/sim_disk.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace bbstream::journal::test {

struct sim_log {
    explicit sim_log(bool direct = true, std::uint64_t seed = 1) : disk(seed, direct)
    {
        options.limits = {64u << 10, 256u << 10, 4u << 20};
        options.fill = std::launch::deferred;
        options.clock = [this] { return now; };
        options.log = [this](std::string_view line) { lines.emplace_back(line); };
    }

    result<void> try_open()
    {
        writer.reset();
        in = disk.attach();
        view = std::make_unique<log_view>(tail_bytes_max);
        auto opened = batch_writer::open(*in, options, *view, steady);
        if (!opened)
            return opened.error();
        writer = std::move(*opened);
        return {};
    }

    void open()
    {
        auto const opened = try_open();
        BOOST_REQUIRE_MESSAGE(opened.has_value(), (opened ? "" : opened.error().message));
    }

    // One batch of `count` records whose bodies are `bytes` long.
    append_status append(std::size_t count = 1, std::size_t bytes = 3'000)
    {
        struct nobody final : append_port {
            void completed(append_request*) noexcept override {}
        } port;
        std::string const body(bytes, 'b');
        std::vector<append_request> requests(count);
        for (std::size_t i = 0; i < count; ++i) {
            requests[i].record.received = now;
            requests[i].record.instance = "cloud";
            requests[i].record.body = body;
            requests[i].next = i + 1 < count ? &requests[i + 1] : nullptr;
        }
        request_list const list = *measure(requests.data(), port);
        auto const status = writer->write({&list, 1}, steady);
        writer->maintain(steady);
        return status;
    }

    void must_append(std::size_t count = 1, std::size_t bytes = 3'000)
    {
        BOOST_REQUIRE(append(count, bytes) == append_status::durable);
    }

    void append_until_segment(std::uint64_t number)
    {
        while (view->last().header.number < number)
            must_append(4);
    }

    void close()
    {
        writer->close(steady);
        writer.reset();
    }

    void lose_power()
    {
        writer.reset();
        disk.lose_power();
    }

    void wait(std::chrono::milliseconds time = batch_writer::probe_interval)
    {
        steady += time;
        writer->maintain(steady);
    }

    // Reads everything; the number of records.
    std::uint64_t read_all()
    {
        std::uint64_t const first = view->status().first;
        std::uint64_t after = first - 1;
        for (;;) {
            auto const batch = read_after(*in, *view, after, 64u << 10);
            BOOST_REQUIRE_MESSAGE(batch.has_value(), (batch ? "" : batch.error().message));
            if (batch->records.empty())
                return after + 1 - first;
            for (auto const& each : batch->records)
                BOOST_REQUIRE(each.sequence == ++after);
        }
    }

    bool said(std::string_view part) const
    {
        for (auto const& line : lines)
            if (line.find(part) != std::string::npos)
                return true;
        return false;
    }

    sim_disk disk;
    writer_options options;
    std::size_t tail_bytes_max = 0;  // so that reads go to the disk
    micros now = 1'000'000'000'000;
    batch_writer::time_point steady{};
    std::vector<std::string> lines;
    std::unique_ptr<directory> in;
    std::unique_ptr<log_view> view;
    std::unique_ptr<batch_writer> writer;
};

inline micros days(int count)
{
    return std::chrono::microseconds(std::chrono::hours(24 * count)).count();
}

}  // namespace bbstream::journal::test
