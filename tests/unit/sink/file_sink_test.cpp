#include "sink/file_sink.hpp"

#include "publisher_model.hpp"
#include "sink/rotated_names.hpp"
#include "support/event_batch.hpp"
#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

using namespace bbstream;
using namespace bbstream::test;
using sink::file_sink;

namespace {

journal::identity const first_journal{1};
journal::identity const second_journal{2};

sink::file_sink_options options_in(temporary_directory const& directory)
{
    sink::file_sink_options options;
    options.path = directory.file("events.jsonl");
    options.boot = "boot";
    return options;
}

event::batch batch_of(std::vector<event::position> const& positions, std::uint32_t epoch = 1)
{
    event::batch batch;
    for (auto const at : positions)
        append(batch, {event::topic::commit, at, "key", sample_value(epoch, at, "text"), {}});
    return batch;
}

std::string line(event::position at, std::uint32_t epoch = 1)
{
    return sample_value(epoch, at, "text") + "\n";
}

using lines = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(file_sink_behavior)

BOOST_AUTO_TEST_CASE(a_new_sink_knows_no_cursor_and_takes_lines)
{
    temporary_directory const directory;
    file_sink sink(options_in(directory));
    auto const point = sink.open();
    BOOST_REQUIRE(point);
    BOOST_TEST(!point->has_value());
    BOOST_REQUIRE(sink.publish(batch_of({{1, 0}, {1, 1}}), {first_journal, 1, 1}));
    BOOST_TEST((all_lines(directory.file("events.jsonl")) == lines{line({1, 0}), line({1, 1})}));
}

BOOST_AUTO_TEST_CASE(it_goes_on_where_its_predecessor_ended)
{
    temporary_directory const directory;
    {
        file_sink sink(options_in(directory));
        BOOST_REQUIRE(sink.open());
        BOOST_REQUIRE(sink.publish(batch_of({{1, 0}, {3, 0}}), {first_journal, 1, 4}));
        BOOST_REQUIRE(sink.flush());
    }
    file_sink sink(options_in(directory));
    auto const point = sink.open();
    BOOST_REQUIRE(point);
    BOOST_REQUIRE(point->has_value());
    BOOST_TEST(((*point)->journal == first_journal));
    BOOST_TEST((*point)->sequence == 4u);
}

BOOST_AUTO_TEST_CASE(lines_beyond_the_cursor_are_kept_and_not_written_again)
{
    temporary_directory const directory;
    auto options = options_in(directory);
    options.sync_interval = std::chrono::hours(1);
    {
        file_sink sink(options);
        BOOST_REQUIRE(sink.open());
        BOOST_REQUIRE(sink.publish(batch_of({{1, 0}}), {first_journal, 1, 1}));
        BOOST_REQUIRE(sink.flush());
        BOOST_REQUIRE(sink.publish(batch_of({{2, 0}, {2, 1}}), {first_journal, 1, 2}));
        BOOST_TEST(sink.durable_through({first_journal, 1, 2}) == 1u);
    }
    for (int again = 0; again < 2; ++again) {
        file_sink sink(options);
        auto const point = sink.open();
        BOOST_REQUIRE(point);
        BOOST_TEST((*point)->sequence == 1u);
        BOOST_TEST((all_lines(options.path) == lines{line({1, 0}), line({2, 0}), line({2, 1})}));
    }
    file_sink sink(options);
    BOOST_REQUIRE(sink.open());
    BOOST_REQUIRE(sink.publish(batch_of({{2, 0}, {2, 1}, {2, 2}}), {first_journal, 1, 2}));
    BOOST_TEST((all_lines(options.path) == lines{line({1, 0}), line({2, 0}), line({2, 1}), line({2, 2})}));
}

BOOST_AUTO_TEST_CASE(after_a_reboot_lines_beyond_the_cursor_are_not_trusted)
{
    temporary_directory const directory;
    auto options = options_in(directory);
    options.sync_interval = std::chrono::hours(1);
    {
        file_sink sink(options);
        BOOST_REQUIRE(sink.open());
        BOOST_REQUIRE(sink.publish(batch_of({{1, 0}}), {first_journal, 1, 1}));
        BOOST_REQUIRE(sink.flush());
        BOOST_REQUIRE(sink.publish(batch_of({{2, 0}}), {first_journal, 1, 2}));
    }
    options.boot = "another boot";
    file_sink sink(options);
    auto const point = sink.open();
    BOOST_REQUIRE(point);
    BOOST_TEST((*point)->sequence == 1u);
    BOOST_TEST((all_lines(options.path) == lines{line({1, 0})}));
    BOOST_REQUIRE(sink.publish(batch_of({{2, 0}}), {first_journal, 1, 2}));
    BOOST_TEST((all_lines(options.path) == lines{line({1, 0}), line({2, 0})}));
}

// Which opens its files again after each failure.
BOOST_AUTO_TEST_CASE(what_a_process_wrote_itself_it_trusts_without_a_boot_id)
{
    temporary_directory const directory;
    auto options = options_in(directory);
    options.sync_interval = std::chrono::hours(1);
    options.boot.clear();
    {
        file_sink sink(options);
        BOOST_REQUIRE(sink.open());
        BOOST_REQUIRE(sink.publish(batch_of({{1, 0}}), {first_journal, 1, 1}));
        BOOST_REQUIRE(sink.flush());
        BOOST_REQUIRE(sink.publish(batch_of({{2, 0}}), {first_journal, 1, 2}));
        std::ofstream(options.path, std::ios::app) << "half of a line";
        BOOST_REQUIRE(!sink.publish(batch_of({{3, 0}}), {first_journal, 1, 3}));
        auto const point = sink.open();
        BOOST_REQUIRE(point);
        BOOST_TEST((*point)->sequence == 2u);
        BOOST_TEST((all_lines(options.path) == lines{line({1, 0}), line({2, 0})}));
        BOOST_REQUIRE(sink.publish(batch_of({{3, 0}}), {first_journal, 1, 3}));
        BOOST_TEST(sink.durable_through({first_journal, 1, 3}) == 2u);
    }
    file_sink successor(options);
    auto const point = successor.open();
    BOOST_REQUIRE(point);
    BOOST_TEST((*point)->sequence == 2u);
    BOOST_TEST((all_lines(options.path) == lines{line({1, 0}), line({2, 0})}));
}

BOOST_AUTO_TEST_CASE(a_tail_of_any_garbage_is_cut_back_to_whole_lines)
{
    auto const lost = line({3, 0});
    std::vector<std::string> tails{lost.substr(0, lost.size() - 1),
                                   std::string(5'000, '\0'),
                                   "\n",
                                   "{}\n",
                                   line({1, 0}),
                                   line({3, 0}, 2),
                                   lost.substr(0, 20) + std::string(20, '\0') + lost.substr(40),
                                   std::string(300'000, '~')};
    for (auto const& tail : tails) {
        temporary_directory const directory;
        auto options = options_in(directory);
        options.sync_interval = std::chrono::hours(1);
        {
            file_sink sink(options);
            BOOST_REQUIRE(sink.open());
            BOOST_REQUIRE(sink.publish(batch_of({{1, 0}}), {first_journal, 1, 1}));
            BOOST_REQUIRE(sink.flush());
            BOOST_REQUIRE(sink.publish(batch_of({{2, 0}}), {first_journal, 1, 2}));
        }
        std::ofstream(options.path, std::ios::app | std::ios::binary) << tail;
        file_sink sink(options);
        BOOST_REQUIRE(sink.open());
        BOOST_TEST((all_lines(options.path) == lines{line({1, 0}), line({2, 0})}));
        BOOST_REQUIRE(sink.publish(batch_of({{2, 0}, {3, 0}}), {first_journal, 1, 3}));
        BOOST_TEST((all_lines(options.path) == lines{line({1, 0}), line({2, 0}), line({3, 0})}));
    }
}

BOOST_AUTO_TEST_CASE(full_files_are_put_aside_under_their_first_sequence)
{
    temporary_directory const directory;
    auto options = options_in(directory);
    options.size_max = 2 * line({1, 0}).size();
    file_sink sink(options);
    BOOST_REQUIRE(sink.open());
    BOOST_REQUIRE(sink.publish(batch_of({{1, 0}, {1, 1}, {2, 0}, {3, 0}, {3, 1}}), {first_journal, 1, 3}));
    BOOST_TEST((sink::rotated_files(options.path).value() ==
                lines{directory.file("events.0001.0000000000000000001.000000.jsonl"),
                      directory.file("events.0001.0000000000000000002.000000.jsonl")}));
    BOOST_TEST(std::filesystem::file_size(options.path) == line({3, 1}).size());
    BOOST_TEST(all_lines(options.path).size() == 5u);
}

BOOST_AUTO_TEST_CASE(only_as_many_full_files_stay_as_asked_for)
{
    temporary_directory const directory;
    auto options = options_in(directory);
    options.size_max = line({1, 0}).size();
    options.keep = 2;
    std::ofstream(directory.file("events.backup.jsonl")) << "not ours";
    file_sink sink(options);
    BOOST_REQUIRE(sink.open());
    BOOST_REQUIRE(sink.publish(batch_of({{1, 0}, {2, 0}, {3, 0}, {4, 0}, {5, 0}}), {first_journal, 1, 5}));
    BOOST_TEST((all_lines(options.path) == lines{line({3, 0}), line({4, 0}), line({5, 0})}));
    BOOST_TEST(std::filesystem::exists(directory.file("events.backup.jsonl")));
}

BOOST_AUTO_TEST_CASE(a_line_larger_than_a_file_has_one_of_its_own)
{
    temporary_directory const directory;
    auto options = options_in(directory);
    options.size_max = 100;
    file_sink sink(options);
    BOOST_REQUIRE(sink.open());
    event::batch batch;
    for (std::uint64_t sequence : {1, 2})
        append(batch, {event::topic::commit,
                       {sequence, 0},
                       "key",
                       sample_value(1, {sequence, 0}, std::string(700'000, 'x')),
                       {}});
    BOOST_REQUIRE(sink.publish(batch, {first_journal, 1, 2}));
    BOOST_TEST(sink::rotated_files(options.path).value().size() == 1u);
    BOOST_TEST(all_lines(options.path).size() == 2u);
}

BOOST_AUTO_TEST_CASE(dead_letters_go_beside_the_events)
{
    temporary_directory const directory;
    file_sink sink(options_in(directory));
    BOOST_REQUIRE(sink.open());
    event::batch batch = batch_of({{1, 0}});
    append(batch, {event::topic::dlq, {1, 1}, "key", sample_value(1, {1, 1}, "text"), {}});
    append(batch, {event::topic::build, {1, 2}, "key", sample_value(1, {1, 2}, "text"), {}});
    BOOST_REQUIRE(sink.publish(batch, {first_journal, 1, 1}));
    BOOST_TEST((all_lines(directory.file("events.jsonl")) == lines{line({1, 0}), line({1, 2})}));
    BOOST_TEST((all_lines(directory.file("dlq.jsonl")) == lines{line({1, 1})}));
}

namespace {

// Of one record: an event, and what is optional.
event::batch with_spans(std::uint64_t record, bool spans = true)
{
    auto batch = batch_of({{record, 0}});
    if (spans)
        append(batch, {event::topic::otlpspans, {record, 1}, "key", sample_value(1, {record, 1}, "text"), {}});
    return batch;
}

}  // namespace

BOOST_AUTO_TEST_CASE(an_optional_topic_has_a_file_of_its_own_while_it_is_wanted)
{
    temporary_directory const directory;
    auto options = options_in(directory);
    auto const publish = [&](std::uint64_t record, bool spans) {
        options.topics.set(static_cast<std::size_t>(event::topic::otlpspans), spans);
        file_sink sink(options);
        auto const point = sink.open();
        BOOST_TEST_REQUIRE(point.has_value(), (point ? "" : point.error().message));
        BOOST_REQUIRE(sink.publish(with_spans(record, spans), {first_journal, 1, record}));
        BOOST_REQUIRE(sink.flush());
    };
    publish(1, false);
    BOOST_TEST(!std::filesystem::exists(directory.file("otlpspans.jsonl")));
    publish(2, true);
    publish(3, true);
    publish(4, false);
    options.boot = "another boot";  // now only what the cursor says is to be trusted
    publish(5, true);
    BOOST_TEST((all_lines(directory.file("events.jsonl")) ==
                lines{line({1, 0}), line({2, 0}), line({3, 0}), line({4, 0}), line({5, 0})}));
    BOOST_TEST((all_lines(directory.file("otlpspans.jsonl")) == lines{line({2, 1}), line({3, 1}), line({5, 1})}));
}

BOOST_AUTO_TEST_CASE(an_optional_file_is_rotated_like_the_others)
{
    temporary_directory const directory;
    auto options = options_in(directory);
    options.topics.set();
    options.size_max = 300;
    options.keep = 2;
    file_sink sink(options);
    BOOST_REQUIRE(sink.open());
    for (std::uint64_t record = 1; record <= 20; ++record)
        BOOST_REQUIRE(sink.publish(with_spans(record), {first_journal, 1, record}));
    BOOST_TEST(sink::rotated_files(directory.file("otlpspans.jsonl")).value().size() == 2u);
    BOOST_TEST(all_lines(directory.file("otlpspans.jsonl")).back() == line({20, 1}));
}

BOOST_AUTO_TEST_CASE(another_journal_begins_an_epoch_whose_sequences_start_over)
{
    temporary_directory const directory;
    auto options = options_in(directory);
    options.sync_interval = std::chrono::hours(1);
    {
        file_sink sink(options);
        BOOST_REQUIRE(sink.open());
        BOOST_REQUIRE(sink.publish(batch_of({{9, 0}}), {first_journal, 1, 9}));
        BOOST_REQUIRE(sink.publish(batch_of({{2, 0}}, 2), {second_journal, 2, 2}));
    }
    file_sink sink(options);
    auto const point = sink.open();
    BOOST_REQUIRE(point);
    BOOST_TEST(((*point)->journal == second_journal));
    BOOST_TEST((*point)->epoch == 2u);
    BOOST_TEST((*point)->sequence == 1u);
    BOOST_REQUIRE(sink.publish(batch_of({{2, 0}, {3, 0}}, 2), {second_journal, 2, 3}));
    BOOST_TEST((all_lines(options.path) == lines{line({9, 0}), line({2, 0}, 2), line({3, 0}, 2)}));
}

BOOST_AUTO_TEST_CASE(a_cursor_alone_moves_without_lines)
{
    temporary_directory const directory;
    {
        file_sink sink(options_in(directory));
        BOOST_REQUIRE(sink.open());
        BOOST_REQUIRE(sink.publish({}, {first_journal, 1, 7}));
        BOOST_REQUIRE(sink.flush());
        BOOST_TEST(sink.durable_through({first_journal, 1, 7}) == 7u);
    }
    file_sink sink(options_in(directory));
    BOOST_TEST((*sink.open())->sequence == 7u);
}

BOOST_AUTO_TEST_CASE(a_second_sink_on_the_same_path_is_refused)
{
    temporary_directory const directory;
    file_sink first(options_in(directory));
    BOOST_REQUIRE(first.open());
    file_sink second(options_in(directory));
    auto const refused = second.open();
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error().kind == failure_kind::permanent));
}

BOOST_AUTO_TEST_CASE(lines_without_a_cursor_are_neither_cut_nor_doubled)
{
    temporary_directory const directory;
    std::ofstream(directory.file("events.jsonl")) << line({1, 0});
    file_sink sink(options_in(directory));
    auto const refused = sink.open();
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error().kind == failure_kind::permanent));
    BOOST_TEST((all_lines(directory.file("events.jsonl")) == lines{line({1, 0})}));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_the_known_one_is_not_touched)
{
    temporary_directory const directory;
    auto const path = directory.file("events.jsonl");
    {
        file_sink sink(options_in(directory));
        BOOST_REQUIRE(sink.open());
        BOOST_REQUIRE(sink.publish(batch_of({{1, 0}, {2, 0}}), {first_journal, 1, 2}));
        BOOST_REQUIRE(sink.flush());
    }
    for (auto const& changed : {line({2, 0}), line({1, 0}), std::string("something else\n")}) {
        std::ofstream(path) << changed;
        file_sink sink(options_in(directory));
        auto const refused = sink.open();
        BOOST_REQUIRE(!refused);
        BOOST_TEST((refused.error().kind == failure_kind::permanent));
        BOOST_TEST((all_lines(path) == lines{changed}));
    }
}

BOOST_AUTO_TEST_CASE(a_file_that_was_moved_away_gives_way_to_a_new_one)
{
    temporary_directory const directory;
    auto const path = directory.file("events.jsonl");
    file_sink sink(options_in(directory));
    BOOST_REQUIRE(sink.open());
    BOOST_REQUIRE(sink.publish(batch_of({{1, 0}}), {first_journal, 1, 1}));
    BOOST_REQUIRE(sink.flush());
    std::filesystem::remove(path);
    auto const failed = sink.publish(batch_of({{2, 0}}), {first_journal, 1, 2});
    BOOST_REQUIRE(!failed);
    BOOST_TEST((failed.error().kind == failure_kind::unavailable));
    auto const point = sink.open();
    BOOST_REQUIRE(point);
    BOOST_TEST((*point)->sequence == 1u);
    BOOST_REQUIRE(sink.publish(batch_of({{2, 0}}), {first_journal, 1, 2}));
    BOOST_TEST((all_lines(path) == lines{line({2, 0})}));
}

// A disk that fills up, by the size limit that a process may set itself: writes come short, then fail.
BOOST_AUTO_TEST_CASE(a_full_disk_is_survived_and_left_without_a_torn_line)
{
    temporary_directory const directory;
    auto const options = options_in(directory);
    auto const path = options.path;
    auto const child = ::fork();
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        rlimit const limit{6'007, RLIM_INFINITY};  // amid a line, beyond the cursor's two slots
        rlimit const none{RLIM_INFINITY, RLIM_INFINITY};
        file_sink sink(options);
        if (!sink.open())
            ::_exit(1);
        std::vector<event::position> positions;
        for (std::uint64_t sequence = 1; sequence <= 200; ++sequence)
            positions.push_back({sequence, 0});
        ::setrlimit(RLIMIT_FSIZE, &limit);
        auto const batch = batch_of(positions);
        auto const failed = sink.publish(batch, {first_journal, 1, 200});
        if (failed || failed.error().kind != failure_kind::unavailable)
            ::_exit(2);
        if (!sink.open() || std::filesystem::file_size(path) == 0 ||
            std::filesystem::file_size(path) % line({1, 0}).size() != 0)
            ::_exit(3);
        if (sink.publish(batch, {first_journal, 1, 200}))
            ::_exit(4);
        ::setrlimit(RLIMIT_FSIZE, &none);
        ::_exit(sink.open() && sink.publish(batch, {first_journal, 1, 200}) ? 0 : 5);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    BOOST_TEST(WIFEXITED(status));
    BOOST_TEST(WEXITSTATUS(status) == 0);
    auto const all = all_lines(path);
    BOOST_TEST_REQUIRE(all.size() == 200u);
    for (std::uint64_t sequence = 1; sequence <= 200; ++sequence)
        BOOST_TEST(all[sequence - 1] == line({sequence, 0}));
}

BOOST_AUTO_TEST_SUITE_END()
