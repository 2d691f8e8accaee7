// What one core does with recorded bodies: simdjson's DOM parse alone, the fold, and the fold with encoding.
//
//   fold_corpus FILE ROUNDS SECONDS
//
// FILE holds "PLATFORM KEY BYTES\n" and a body, again and again; each is folded as a repository's of its own, and each
// pass begins with an empty state, as otherwise new repositories without end would be remembered. One line a round: MB
// of input a second of processor time for each of the three, and the bytes of heap in use after it; then "events" and
// how many were made.
#include "event/encode.hpp"
#include "normalize/fold.hpp"

#include <simdjson.h>

#include <malloc.h>
#include <time.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace {

using namespace bbstream;

constexpr std::uint64_t state_bytes = 16u << 20;

struct input {
    std::string instance, headers, body;
    bbstream::product product;
};

std::vector<input> read_inputs(char const* path)
{
    std::vector<input> inputs;
    std::ifstream file(path, std::ios::binary);
    simdjson::dom::parser parser;
    std::string platform, key;
    std::size_t bytes = 0;
    while (file >> platform >> key >> bytes && file.get() == '\n') {
        input one;
        one.product = platform == "cloud" ? product::cloud : product::datacenter;
        one.headers = "x-event-key:" + key + "\n";
        one.body.resize(bytes);
        file.read(one.body.data(), static_cast<std::streamsize>(bytes));
        if (parser.parse(one.body).error() == simdjson::SUCCESS)
            inputs.push_back(std::move(one));
    }
    return inputs;
}

double processor_seconds()
{
    timespec used{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

// Passes over all inputs until they took `seconds`; MB/s. What `prepare` does before each does not count.
template <class Prepare, class Pass>
double rate(std::size_t bytes, double seconds, Prepare prepare, Pass pass)
{
    double took = 0;
    double done = 0;
    while (took < seconds) {
        prepare();
        double const began = processor_seconds();
        pass();
        took += processor_seconds() - began;
        done += static_cast<double>(bytes);
    }
    return done / took / 1e6;
}

class folding {
   public:
    explicit folding(std::vector<input>& inputs) : inputs_(inputs), state_(state_bytes), fold_(state_) {}

    void start_afresh()
    {
        ++passes_;
        state_.clear();
        for (std::size_t at = 0; at < inputs_.size(); ++at)
            inputs_[at].instance = std::to_string(passes_) + "-" + std::to_string(at);
    }

    void pass(bool encode)
    {
        journal::record record;
        for (auto const& each : inputs_) {
            record.sequence = ++sequence_;
            record.received = start + static_cast<micros>(record.sequence);
            record.product = each.product;
            record.instance = each.instance;
            record.headers = each.headers;
            record.body = each.body;
            auto const events = fold_.apply(record);
            events_ += events.size();
            if (!encode)
                continue;
            batch_.clear();
            for (auto const& event : events)
                event::encode(event, how_, record.received, batch_);
        }
    }
    std::uint64_t events() const { return events_; }

   private:
    static constexpr micros start = 1'790'000'000'000'000;

    std::vector<input>& inputs_;
    state::state state_;
    normalize::fold fold_;
    event::encoding how_;
    event::batch batch_;
    std::uint64_t sequence_ = 0;
    std::uint64_t passes_ = 0;
    std::uint64_t events_ = 0;
};

double parse_rate(std::vector<input> const& inputs, std::size_t bytes, double seconds)
{
    simdjson::dom::parser parser;
    std::vector<simdjson::padded_string> padded;
    for (auto const& each : inputs)
        padded.emplace_back(each.body);
    auto const pass = [&] {
        for (auto const& each : padded)
            if (parser.parse(each).error() != simdjson::SUCCESS)
                std::exit(1);
    };
    return rate(
        bytes, seconds, [] {}, pass);
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc != 4) {
        std::fprintf(stderr, "usage: fold_corpus FILE ROUNDS SECONDS\n");
        return 2;
    }
    auto inputs = read_inputs(argv[1]);
    double const seconds = std::atof(argv[3]);
    std::size_t bytes = 0;
    for (auto const& each : inputs)
        bytes += each.body.size();
    folding fold(inputs);
    auto const prepare = [&] { fold.start_afresh(); };
    (void)rate(bytes, seconds, prepare, [&] { fold.pass(true); });  // what grows to the size that the corpus needs
    for (int round = 0; round < std::atoi(argv[2]); ++round) {
        double const parsed = parse_rate(inputs, bytes, seconds);
        double const folded = rate(bytes, seconds, prepare, [&] { fold.pass(false); });
        double const encoded = rate(bytes, seconds, prepare, [&] { fold.pass(true); });
        fold.start_afresh();
        auto const heap = ::mallinfo2();
        std::printf("%f %f %f %zu\n", parsed, folded, encoded, heap.uordblks + heap.hblkhd);
    }
    std::printf("events %llu\n", static_cast<unsigned long long>(fold.events()));
}
