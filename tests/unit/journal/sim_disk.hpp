// A disk that does what disks are allowed to do: it forgets what was not synced, tears it, flips its bits, fills up and
// fails any call. It outlives the processes that use it.
#pragma once

#include "journal/directory.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace bbstream::journal::test {

struct sim_file;

class sim_disk {
   public:
    sim_disk(std::uint64_t seed, bool direct) : random_(seed), direct_(direct) {}

    // A process begins to use it.
    std::unique_ptr<directory> attach();
    // Ends the power: unsynced sectors are old, new or garbled each; unsynced directory changes happened or not each.
    void lose_power();

    // The n-th next call fails (0: the next one), and as many as `count` in a row.
    void fail_after(std::uint64_t n, std::uint64_t count = 1);
    // At the n-th next call everything stops; what that call wrote is torn. lose_power() ends it.
    void cut_after(std::uint64_t n);
    void heal() { fail_from_ = fail_until_ = cut_at_ = none; }
    std::uint64_t calls() const { return calls_; }

    // Bytes of all files; beyond it there is no space.
    void set_capacity(std::uint64_t bytes) { capacity_ = bytes; }
    std::uint64_t bytes() const;

    std::vector<std::string> names() const;
    std::uint64_t size(std::string const& name) const;
    // Changes what was durable.
    void flip_bit(std::string const& name, std::uint64_t offset, unsigned bit);
    void truncate(std::string const& name, std::uint64_t size);
    void erase(std::string const& name);

   private:
    friend class sim_directory;
    friend class sim_handle;
    using inodes = std::map<std::string, std::shared_ptr<sim_file>>;
    struct change {
        std::string erased;  // empty: none
        std::string set;
        std::shared_ptr<sim_file> to;
    };
    enum class fate { works, fails, torn, dead };

    fate next_call();
    bool chance(unsigned in) { return random_() % in == 0; }
    void apply(change const& one, inodes& names);
    void change_names(change one);

    static constexpr std::uint64_t none = ~std::uint64_t{0};
    std::mt19937_64 random_;
    bool const direct_;
    bool locked_ = false;
    std::uint64_t calls_ = 0;
    std::uint64_t fail_from_ = none;
    std::uint64_t fail_until_ = none;
    std::uint64_t cut_at_ = none;
    std::uint64_t capacity_ = none;
    inodes seen_;     // what processes see
    inodes durable_;  // what survives
    std::vector<change> unsynced_;
};

}  // namespace bbstream::journal::test
