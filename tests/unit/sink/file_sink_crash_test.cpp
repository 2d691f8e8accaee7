// The file sink against kill -9, power cuts and failing system calls, at every step and at random.
#include "disk_model.hpp"
#include "publisher_model.hpp"
#include "sink/file_sink.hpp"
#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <functional>
#include <random>
#include <string>

using namespace bbstream;
using namespace bbstream::test;

namespace {

constexpr int killed = 42;
constexpr int finished = 0;
constexpr int broken = 1;

// In memory that a child process shares.
class shared_told {
   public:
    shared_told() : told_(::mmap(nullptr, sizeof(told), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {}
    shared_told(shared_told const&) = delete;
    shared_told& operator=(shared_told const&) = delete;
    ~shared_told() { ::munmap(told_, sizeof(told)); }
    told& operator*() const { return *static_cast<told*>(told_); }
    told* operator->() const { return static_cast<told*>(told_); }

   private:
    void* told_;
};

sink::file_sink_options small_files(std::string const& directory, std::string const& boot)
{
    sink::file_sink_options options;
    options.path = directory + "/events.jsonl";
    options.size_max = 3'000;
    options.sync_interval = std::chrono::hours(1);
    options.sync_bytes = 1'000;
    options.boot = boot;
    options.topics.set();
    return options;
}

// Runs a call in a process of its own; its exit status.
template <class Call>
int in_child(Call call)
{
    auto const child = ::fork();
    if (child == 0) {
        int status = finished;
        try {
            call();
        } catch (std::exception const& why) {
            std::fprintf(stderr, "publisher: %s\n", why.what());
            status = broken;
        }
        ::_exit(status);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : broken;
}

// Runs the publisher in a process of its own with a plan for its system calls.
int run_child(publisher_model const& model, sink::file_sink_options const& options, told& told,
              std::function<fault(std::uint64_t)> plan)
{
    return in_child([&] {
        disk_model::watch(options.path.substr(0, options.path.rfind('/')));
        disk_model::set_plan(std::move(plan));
        std::mt19937 random(7);
        model.run(options, told, random);
    });
}

// Several lives in a row, each on the disk that the one before it left, by a kill or a power cut amid failing calls.
// The next life begins inside the system call at which the last one ends, whose frames are never returned to.
class lives {
   public:
    lives(std::string disks, unsigned seed) : disks_(std::move(disks)), random_(seed) {}

    void run()
    {
        next_disk();
        disk_model::watch(disk_);
        live();
    }

   private:
    static constexpr int count = 5;

    std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(random_() % n); }

    void next_disk()
    {
        disk_ = disks_ + "/" + std::to_string(++boot_);
        std::filesystem::create_directory(disk_);
    }

    void live()
    {
        bool const last = ++life_ == count;
        std::uint64_t const end = last ? 0 : 1 + below(200);
        unsigned const faults_in_hundred = last || below(2) == 0 ? 0 : 10;
        disk_model::set_plan([=, this](std::uint64_t at) {
            if (at == end)
                die();
            return below(100) < faults_in_hundred ? (below(2) == 0 ? fault::fails : fault::half_done) : fault::none;
        });
        auto const options = small_files(disk_, std::to_string(boot_));
        model_.run(options, told_, random_);
        model_.check(options.path);
    }

    void die()
    {
        if (below(2) == 0) {
            disk_model::kill();
        } else {
            next_disk();
            disk_model::power_cut(disk_, [this](std::uint32_t n) { return below(n); });
        }
        live();
        ::_exit(finished);
    }

    publisher_model const model_{80};
    std::string const disks_;
    std::mt19937 random_;
    told told_;
    std::string disk_;
    int boot_ = 0;
    int life_ = 0;
};

// What a call throws, as text; empty if nothing.
template <class Call>
std::string complaint(Call call)
{
    try {
        call();
        return {};
    } catch (std::exception const& why) {
        return why.what();
    }
}

unsigned seed_of_this_run()
{
    auto const* given = std::getenv("BBSTREAM_SEED");
    return given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10)) : std::random_device()();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(file_sink_crash)

BOOST_AUTO_TEST_CASE(killed_at_every_step_it_loses_tears_and_doubles_nothing)
{
    publisher_model const model(60);
    std::uint64_t step = 1;
    for (int status = killed; status == killed; ++step) {
        temporary_directory const directory;
        auto const options = small_files(directory.path(), "boot");
        shared_told told;
        status = run_child(model, options, *told, [step](std::uint64_t at) {
            if (at == step)
                ::_exit(killed);
            return fault::none;
        });
        BOOST_TEST_REQUIRE(status != broken);
        BOOST_TEST_REQUIRE(run_child(model, options, *told, {}) == finished);
        BOOST_TEST_REQUIRE(complaint([&] { model.check(options.path); }) == "");
    }
    BOOST_TEST(step > 100u);
}

BOOST_AUTO_TEST_CASE(killed_in_the_middle_of_every_write_it_loses_tears_and_doubles_nothing)
{
    publisher_model const model(40);
    std::uint64_t step = 1;
    for (int status = killed; status == killed; ++step) {
        temporary_directory const directory;
        auto const options = small_files(directory.path(), "boot");
        shared_told told;
        status = run_child(model, options, *told, [step](std::uint64_t at) {
            if (at > step)
                ::_exit(killed);
            return at == step ? fault::half_done : fault::none;
        });
        BOOST_TEST_REQUIRE(status != broken);
        BOOST_TEST_REQUIRE(run_child(model, options, *told, {}) == finished);
        BOOST_TEST_REQUIRE(complaint([&] { model.check(options.path); }) == "");
    }
}

BOOST_AUTO_TEST_CASE(every_call_that_fails_once_is_survived_by_the_same_process)
{
    publisher_model const model(60);
    std::uint64_t steps = 1;
    for (auto const kind : {fault::fails, fault::half_done})
        for (std::uint64_t step = 1; step <= steps; ++step) {
            temporary_directory const directory;
            auto const options = small_files(directory.path(), "boot");
            told told;
            std::mt19937 random(7);
            disk_model::watch(directory.path());
            disk_model::set_plan([step, kind](std::uint64_t at) { return at == step ? kind : fault::none; });
            BOOST_TEST_REQUIRE(complaint([&] { model.run(options, told, random); }) == "");
            steps = disk_model::steps();
            disk_model::unwatch();
            BOOST_TEST_REQUIRE(complaint([&] { model.check(options.path); }) == "");
        }
    BOOST_TEST(steps > 100u);
}

BOOST_AUTO_TEST_CASE(lives_of_faults_kills_and_power_cuts_lose_tear_and_double_nothing)
{
    unsigned const seed = seed_of_this_run();
    BOOST_TEST_MESSAGE("seed " << seed);
    for (unsigned round = 0; round < 150; ++round) {
        BOOST_TEST_CONTEXT("seed " << seed << " round " << round)
        {
            temporary_directory const disks;
            BOOST_TEST_REQUIRE(in_child([&] { lives(disks.path(), seed + round).run(); }) == finished);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
