// What a journal promises, as a model beside it: every step drives both and compares.
#pragma once

#include "journal/batch_writer.hpp"
#include "unit/journal/sim_disk.hpp"

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace bbstream::journal::test {

// A record whose every byte follows from its number.
struct made_record {
    explicit made_record(std::uint64_t id);
    bbstream::journal::record view() const;

    std::uint64_t id;
    std::string instance, headers, meta, body;
};

// Throws std::logic_error on the first broken promise.
class model {
   public:
    model(std::uint64_t seed, bool direct);

    // Steps of a process.
    void open();             // must succeed: call it on a healthy disk
    bool try_open();         // may fail, but not for damage
    append_status append();  // a batch of a few lists
    void append_until_rotated();
    void maintain();
    void read_somewhere();
    void follow();  // a reader that keeps up
    void release_some();
    void release_all();
    void age();  // beyond the retention
    void check_status();
    void check_outside();       // fsck and status find nothing wrong
    void close();               // cleanly
    void die();                 // as by kill -9
    void lose_power();          // and with it the process
    void damage_and_restore();  // cleanly closed: one flipped bit is found, or harmless
    void expect_faults() { faulty_ = true; }
    void heal();
    void must_take_writes();  // with nothing failing, room, and all published

    void random_step();
    void end();  // heals, loses the power a last time, and checks everything

    sim_disk& disk() { return disk_; }
    bool is_open() const { return writer_ != nullptr; }
    std::uint64_t last() const { return durable_.size(); }
    struct counts {
        std::uint64_t durable = 0, refused = 0, surfaced = 0, damaged = 0, cut = 0, harmless = 0;
    };
    counts const& counted() const { return counts_; }

   private:
    writer_options options();
    void adopt();
    void verify_all();
    std::uint64_t read_and_compare(directory& in, log_view& view, std::uint64_t after, std::size_t bytes_max);
    void compare(read_batch const& batch, std::uint64_t after);
    std::uint64_t pick(std::uint64_t below) { return random_() % below; }
    void arm_faults();
    void leave();

    std::mt19937_64 random_;
    sim_disk disk_;
    std::unique_ptr<directory> in_;
    std::unique_ptr<log_view> view_;
    std::unique_ptr<batch_writer> writer_;
    bool faulty_ = false;
    micros now_ = 1'000'000'000;
    micros aged_ = 0;
    batch_writer::time_point steady_{};
    std::uint64_t next_id_ = 1;
    std::vector<std::uint64_t> durable_;               // ids; index + 1 is the sequence
    std::vector<std::vector<std::uint64_t>> refused_;  // batches that came after durable_.back()
    std::uint64_t released_ = 0;
    std::uint64_t followed_ = 0;
    counts counts_;
};

}  // namespace bbstream::journal::test
