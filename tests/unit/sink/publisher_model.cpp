#include "publisher_model.hpp"

#include "sink/rotated_names.hpp"
#include "support/event_batch.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

namespace bbstream::test {

namespace {

constexpr int tries_max = 10'000;
journal::identity const journal_identity{1, 2, 3, 4};

void require(bool holds, std::string const& what)
{
    if (!holds)
        throw std::runtime_error(what);
}

std::string text(event::position at)
{
    return std::to_string(at.sequence) + "." + std::to_string(at.index);
}

// One life of the publisher, over restarts of its own process.
class run_of_publisher {
   public:
    run_of_publisher(publisher_model const& model, sink::file_sink_options const& options, told& told,
                     std::mt19937& random)
        : model_(model), options_(options), told_(told), random_(random)
    {
        start();
    }

    void to_the_end(std::uint64_t records)
    {
        for (int tries = 0; told_.durable < records; ++tries) {
            require(tries < tries_max, "the sink does not recover");
            if (is_open_ || open())
                is_open_ = publish(std::min(records, done_ + 1 + random_() % 5), records);
        }
    }

   private:
    void start()
    {
        sink_.reset();
        sink_ = std::make_unique<sink::file_sink>(options_);
        opened_before_ = false;
        done_ = told_.durable;
    }

    bool open()
    {
        auto const point = sink_->open();
        if (!point) {
            require(point.error().kind == failure_kind::unavailable, point.error().message);
            return false;
        }
        std::uint64_t const committed = *point ? (*point)->sequence : 0;
        require(committed >= told_.durable, "the durable cursor went back");
        if (opened_before_ && committed < done_) {
            // A failed sync has lost what was reported but not durable: the daemon ends here and starts again.
            start();
            return false;
        }
        require(!opened_before_ || committed == done_ || committed == tried_, "the cursor moved by itself");
        opened_before_ = true;
        done_ = committed;
        return true;
    }

    bool publish(std::uint64_t end, std::uint64_t records)
    {
        event::batch batch;
        for (auto record = done_ + 1; record <= end; ++record)
            for (auto const at : model_.events_of(record))
                append(batch, {publisher_model::topic_of(at), at, "key", publisher_model::line_of(at), {}});
        sink::cursor const next{journal_identity, 1, end};
        tried_ = end;
        if (!sink_->publish(batch, next))
            return false;
        done_ = end;
        if ((random_() % 8 == 0 || end == records) && !sink_->flush())
            return false;
        told_.durable = sink_->durable_through(next);
        return true;
    }

    publisher_model const& model_;
    sink::file_sink_options const& options_;
    told& told_;
    std::mt19937& random_;
    std::unique_ptr<sink::file_sink> sink_;
    bool opened_before_ = false;
    bool is_open_ = false;
    std::uint64_t done_ = 0;
    std::uint64_t tried_ = 0;
};

}  // namespace

std::vector<event::position> publisher_model::events_of(std::uint64_t record) const
{
    std::vector<event::position> positions;
    for (std::uint32_t index = 0; index < (record * 7) % 4; ++index)
        positions.push_back({record, index});
    return positions;
}

event::topic publisher_model::topic_of(event::position at)
{
    auto const turn = (at.sequence + at.index) % 5;
    return turn == 0 ? event::topic::dlq : turn == 3 ? event::topic::otlpspans : event::topic::repository;
}

std::string publisher_model::line_of(event::position at)
{
    // Some lines span whole sectors, whose loss shows neither at their begin nor at their end.
    std::size_t const size = (at.sequence * 31 + at.index * 17) % 200 + ((at.sequence + at.index) % 7 == 0 ? 1'500 : 0);
    return sample_value(1, at, std::string(size, 'x'));
}

void publisher_model::run(sink::file_sink_options const& options, told& told, std::mt19937& random) const
{
    run_of_publisher(*this, options, told, random).to_the_end(records_);
}

void publisher_model::check(std::string const& path) const
{
    check_lines(path, event::topic::repository);
    check_lines(sink::path_of(sink::line_kind::dead_letters, path), event::topic::dlq);
    check_lines(sink::path_of(sink::line_kind::spans, path), event::topic::otlpspans);
}

void publisher_model::check_lines(std::string const& path, event::topic which) const
{
    auto const lines = all_lines(path);
    std::size_t at_line = 0;
    for (std::uint64_t record = 1; record <= records_; ++record)
        for (auto const at : events_of(record)) {
            if (topic_of(at) != which)
                continue;
            require(at_line < lines.size(), "lost: " + text(at));
            require(lines[at_line] == line_of(at) + "\n", "not " + text(at) + ": " + lines[at_line]);
            ++at_line;
        }
    require(at_line == lines.size(), "doubled or invented: " + (lines.empty() ? "" : lines.back()));
}

std::vector<std::string> all_lines(std::string const& path)
{
    auto files = sink::rotated_files(path).value();
    files.push_back(path);
    std::string bytes;
    for (auto const& each : files) {
        std::ifstream file(each, std::ios::binary);
        bytes.append(std::istreambuf_iterator<char>(file), {});
    }
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < bytes.size();) {
        auto const end = std::min(bytes.find('\n', begin), bytes.size() - 1) + 1;
        lines.push_back(bytes.substr(begin, end - begin));
        begin = end;
    }
    return lines;
}

}  // namespace bbstream::test
