// The publisher on the real journal, fold and checkpoints, with a sink that fails at random and starts in between.
#include "flow/publish.hpp"

#include "journal/segmented_log.hpp"
#include "support/fake_sink.hpp"
#include "support/temporary_directory.hpp"
#include "unit/flow/scarce_memory.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <future>
#include <iostream>
#include <map>
#include <random>
#include <set>
#include <thread>

namespace flow = bbstream::flow;
namespace journal = bbstream::journal;
using bbstream::test::fake_sink;

namespace {

constexpr int repositories = 12;

std::string sha(std::uint64_t number)
{
    char text[41];
    std::snprintf(text, sizeof text, "%040llx", static_cast<unsigned long long>(number));
    return text;
}

// Push number `count` of a repository: main moves from count - 1 to count, with one commit.
std::string push_body(int repository, std::uint64_t count)
{
    auto const hash = [repository](std::uint64_t n) { return sha(n * 1000 + static_cast<unsigned>(repository)); };
    auto const ref = [](std::string const& at) {
        return R"({"type":"branch","name":"main","target":{"type":"commit","hash":")" + at + R"("}})";
    };
    std::string const old = count == 1 ? "null" : ref(hash(count - 1));
    return R"({"repository":{"type":"repository","uuid":"{00000000-0000-0000-0000-)" +
           sha(static_cast<unsigned>(repository)).substr(28) + R"(}","full_name":"acme/r)" +
           std::to_string(repository) + R"(","name":"r"},"push":{"changes":[{"old":)" + old + R"(,"new":)" +
           ref(hash(count)) + R"(,"created":)" + (count == 1 ? "true" : "false") +
           R"(,"closed":false,"forced":false,"truncated":false,"commits":[{"type":"commit","hash":")" + hash(count) +
           R"(","message":"m","parents":[]}]}]}})";
}

// Appends one record and waits until it is durable.
class appender final : public journal::append_port {
   public:
    explicit appender(journal::journal& to) : to_(to) {}

    void append(std::string const& body, std::string const& delivery)
    {
        std::string const headers = "x-event-key:repo:push\nx-request-uuid:" + delivery + "\n";
        journal::append_request request;
        request.record.received = 1'790'000'000'000'000;
        request.record.instance = "cloud";
        request.record.headers = headers;
        request.record.body = body;
        done_ = {};
        to_.append(&request, *this);
        done_.get_future().wait();
        BOOST_REQUIRE((request.status == journal::append_status::durable));
    }

    void completed(journal::append_request*) noexcept override { done_.set_value(); }

   private:
    journal::journal& to_;
    std::promise<void> done_;
};

// A daemon's life from start to stop, on directories that outlive it.
class life {
   public:
    life(std::string const& directory, fake_sink& sink, flow::folding_options const& options = small_parcels())
        : log_(open(directory)),
          end_(directory, log_->status().identity),
          checkpoints_(directory, log_->status().identity),
          publisher_(*log_, noted(), state_, checkpoints_, sink, metrics_, options,
                     [this](std::string why) { fatal = why; })
    {
        publisher_.start();
    }

    journal::segmented_log& log() { return *log_; }
    static flow::folding_options small_parcels()
    {
        flow::folding_options chosen;
        chosen.checkpoint_records = 3;
        chosen.read_bytes_max = 4096;
        chosen.parcel_events_max = 20;
        return chosen;
    }

    void drain() { publisher_.stop(std::chrono::seconds(60)); }
    void abandon() { publisher_.stop(std::chrono::milliseconds(0)); }

    std::string fatal;

   private:
    static std::unique_ptr<journal::segmented_log> open(std::string const& directory)
    {
        journal::log_options options;
        options.path = directory + "/journal";
        auto opened = journal::segmented_log::open(std::move(options));
        return std::move(opened).value();
    }

    flow::journal_end& noted()
    {
        checkpoints_.load(state_).value();
        BOOST_TEST_REQUIRE(end_.note(log_->status().last, checkpoints_.highest_applied()).has_value());
        return end_;
    }

    bbstream::observe::metrics metrics_;
    std::unique_ptr<journal::segmented_log> log_;
    flow::journal_end end_;
    bbstream::state::state state_{16u << 20};
    bbstream::state::checkpoints checkpoints_;
    flow::publisher publisher_;
};

std::uint64_t seed_of_this_run()
{
    auto const* given = std::getenv("BBSTREAM_SEED");
    auto const seed = given ? std::strtoull(given, nullptr, 10) : std::random_device{}();
    std::cout << "BBSTREAM_SEED=" << seed << '\n';
    return seed;
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_event_comes_out_once_and_in_order_over_starts_stops_and_failures_of_the_sink)
{
    std::mt19937_64 random(seed_of_this_run());
    bbstream::test::temporary_directory const directory;
    fake_sink sink;
    std::map<int, std::uint64_t> pushes;
    std::uint64_t records = 0;

    for (int round = 0; round < 12; ++round) {
        for (int faults = static_cast<int>(random() % 4); faults > 0; --faults)
            sink.script.push_back(static_cast<fake_sink::fault>(
                std::array{fake_sink::fault::open_unavailable, fake_sink::fault::publish_lost,
                           fake_sink::fault::publish_unanswered}[random() % 3]));
        life daemon(directory.path().string(), sink);
        appender append(daemon.log());
        for (auto count = random() % 60; count > 0; --count) {
            int const repository = static_cast<int>(random() % repositories);
            auto const body = push_body(repository, ++pushes[repository]);
            auto const delivery = "delivery-" + std::to_string(++records);
            append.append(body, delivery);
            if (random() % 5 == 0)
                append.append(body, delivery);  // a retry
        }
        if (random() % 2 == 0)
            daemon.abandon();
        BOOST_TEST(daemon.fatal == "");
    }
    sink.script.clear();
    life last(directory.path().string(), sink);
    last.drain();
    BOOST_TEST(last.fatal == "");

    std::map<std::string, std::uint64_t> refs, commits;
    std::set<bbstream::event::position> positions;
    for (auto const& line : sink.lines()) {
        ++(line.topic == bbstream::event::topic::commit ? commits : refs)[line.key];
        BOOST_TEST(positions.insert(line.position).second);
        BOOST_TEST((*positions.rbegin() == line.position));
    }
    BOOST_TEST(refs.size() == pushes.size());
    for (auto const& [repository, count] : pushes) {
        auto const key = "cloud:00000000-0000-0000-0000-" + sha(static_cast<unsigned>(repository)).substr(28);
        BOOST_TEST(refs[key] == count);
        BOOST_TEST(commits[key] == count);
    }
}

BOOST_AUTO_TEST_CASE(a_backlog_shares_commits_and_loses_nothing_by_it)
{
    constexpr std::uint64_t records = 100;
    bbstream::test::temporary_directory const directory;
    fake_sink sink;
    sink.script.assign(1000, fake_sink::fault::open_unavailable);
    {
        life filling(directory.path().string(), sink);
        appender append(filling.log());
        for (std::uint64_t count = 1; count <= records; ++count)
            append.append(push_body(1, count), "delivery-" + std::to_string(count));
        filling.abandon();
    }
    sink.script.clear();
    auto options = life::small_parcels();
    options.parcel_events_max = 1'000'000;
    options.grow_for = std::chrono::hours(1);
    life emptying(directory.path().string(), sink, options);
    emptying.drain();
    BOOST_TEST(sink.lines().size() == 2 * records);
    BOOST_TEST(sink.publishes() == 2u);  // the new epoch goes out first
}

BOOST_AUTO_TEST_CASE(a_sink_that_never_answers_does_not_hinder_the_stop_and_loses_nothing)
{
    bbstream::test::temporary_directory const directory;
    fake_sink sink;
    sink.script.assign(10'000, fake_sink::fault::open_unavailable);
    {
        life daemon(directory.path().string(), sink);
        appender(daemon.log()).append(push_body(1, 1), "one");
        daemon.abandon();
        BOOST_TEST(sink.lines().empty());
    }
    sink.script.clear();
    life again(directory.path().string(), sink);
    again.drain();
    BOOST_TEST(sink.lines().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_sink_that_went_back_gets_again_what_it_lacks)
{
    bbstream::test::temporary_directory const directory;
    fake_sink sink;
    bbstream::sink::stored_cursor earlier;
    {
        life daemon(directory.path().string(), sink);
        appender append(daemon.log());
        for (std::uint64_t count = 1; count <= 20; ++count)
            append.append(push_body(static_cast<int>(count % 3), (count + 2) / 3), std::to_string(count));
        daemon.drain();
    }
    auto const before = sink.lines();
    earlier = sink.cursor();
    earlier->sequence = 11;
    sink.restore(earlier);
    {
        life daemon(directory.path().string(), sink);
        daemon.drain();
    }
    auto const after = sink.lines();
    BOOST_TEST_REQUIRE(after.size() == before.size());
    for (std::size_t at = 0; at < after.size(); ++at)
        BOOST_TEST((after[at].position == before[at].position));
}

BOOST_AUTO_TEST_CASE(lost_checkpoints_are_rebuilt_from_the_journal_without_publishing_again)
{
    bbstream::test::temporary_directory const directory;
    fake_sink sink;
    {
        life daemon(directory.path().string(), sink);
        appender append(daemon.log());
        append.append(push_body(1, 1), "one");
        append.append(push_body(1, 2), "two");
        daemon.drain();
    }
    BOOST_TEST(sink.lines().size() == 4u);
    for (auto const& entry : std::filesystem::directory_iterator(directory.path()))
        if (entry.is_regular_file())
            std::filesystem::remove(entry.path());
    {
        life daemon(directory.path().string(), sink);
        appender append(daemon.log());
        append.append(push_body(1, 2), "two");
        append.append(push_body(1, 3), "three");
        daemon.drain();
    }
    BOOST_TEST(sink.lines().size() == 6u);
}

// The journal ends before the sink's cursor, and what comes takes the lost sequences again before the sink is seen.
BOOST_AUTO_TEST_CASE(what_comes_to_a_journal_that_lost_its_end_is_published_though_the_sink_is_away_for_starts)
{
    bbstream::test::temporary_directory const directory;
    auto const home = directory.path() / "home";
    std::filesystem::create_directory(home);
    fake_sink sink;
    auto const push_all = [](life& daemon, int repository, std::uint64_t first, std::uint64_t last) {
        appender append(daemon.log());
        for (auto count = first; count <= last; ++count)
            append.append(push_body(repository, count), std::to_string(repository) + "-" + std::to_string(count));
    };
    {
        life daemon(home.string(), sink);
        push_all(daemon, 1, 1, 5);
        daemon.drain();
    }
    std::filesystem::copy(home / "journal", directory.path() / "backup", std::filesystem::copy_options::recursive);
    {
        life daemon(home.string(), sink);
        push_all(daemon, 1, 6, 10);
        daemon.drain();
    }
    std::filesystem::remove_all(home / "journal");
    std::filesystem::rename(directory.path() / "backup", home / "journal");
    for (std::uint64_t const first : {1, 4, 7}) {  // beyond the cursor in the end
        sink.script.assign(10'000, fake_sink::fault::open_unavailable);
        life daemon(home.string(), sink);
        push_all(daemon, 2, first, first + 2);
        daemon.abandon();
    }
    sink.script.clear();
    for (int starts = 0; starts < 2; ++starts) {
        life daemon(home.string(), sink);
        daemon.drain();
        BOOST_TEST(daemon.fatal == "");
    }
    std::map<std::string, int> refs;
    for (auto const& line : sink.lines())
        refs[line.key] += line.topic == bbstream::event::topic::repository;
    BOOST_TEST(refs["cloud:00000000-0000-0000-0000-" + sha(1).substr(28)] == 10);
    BOOST_TEST(refs["cloud:00000000-0000-0000-0000-" + sha(2).substr(28)] == 9);
}

BOOST_AUTO_TEST_CASE(a_record_that_memory_fails_for_half_way_is_folded_anew_by_the_next_start)
{
    constexpr std::size_t enough = 700'000;  // for all but the events of the second push
    constexpr int commits = 8'000;
    bbstream::test::temporary_directory const directory;
    fake_sink sink;
    auto options = life::small_parcels();
    options.checkpoint_records = 1'000'000;
    options.checkpoint_interval = std::chrono::hours(1);
    auto body = push_body(1, 1);
    std::string listed;
    for (int count = 1; count <= commits; ++count)
        listed += R"({"hash":")" + sha(static_cast<unsigned>(1'000'000 + count)) + R"("},)";
    body.insert(body.find(R"({"type":"commit","hash":")", body.find("\"commits\"")), listed);
    auto const as_long = R"({"filled":")" + std::string(body.size(), 'x') + R"("})";
    {
        life daemon(directory.path().string(), sink, options);
        appender append(daemon.log());
        append.append(as_long, "one");  // what parsing needs is there from now on
        while (sink.cursor() == bbstream::sink::stored_cursor() || sink.cursor()->sequence < 1)
            std::this_thread::yield();
        bbstream::test::allocation_max = enough;
        append.append(body, "two");
        daemon.drain();
        bbstream::test::allocation_max = SIZE_MAX;
        BOOST_TEST(daemon.fatal.find("bad_alloc") != std::string::npos);
    }
    auto const before = sink.lines().size();
    life again(directory.path().string(), sink);
    again.drain();
    BOOST_TEST(sink.lines().size() == before + 2 + commits);
}
