// Worlds: what happens in one repository or project, as its product allows it, and what is delivered of it.
//
// A world keeps what the product itself would know (refs, pull requests, verdicts, threads), so it also knows which
// events each delivery has to give.
#pragma once

#include "support/folding.hpp"

#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bbstream::test {

using generator = std::mt19937_64;
using texts = std::vector<std::string>;

// A delivery, and what is known of it.
struct told {
    delivery of;
    texts kinds;             // of its events, in order: "type subject"
    texts machines;          // what it moves: until one of these moves again, a copy is known as one without a date
    std::string holds = {};  // a part of its last event
};

using history = std::vector<told>;

enum class kind_of_world { repository, project };

// `number` tells it from others; an even one is Cloud's.
history make_world(int number, kind_of_world kind, generator& random);
history make_cloud_world(int number, kind_of_world kind, generator& random);
history make_datacenter_world(int number, kind_of_world kind, generator& random);

// JSON by hand: members are JSON already.
using members = std::vector<std::pair<std::string_view, std::string>>;

inline std::string quote(std::string_view text)
{
    return '"' + std::string(text) + '"';
}

inline std::string join(texts const& all)
{
    std::string text;
    for (auto const& each : all)
        text += (text.empty() ? "" : ",") + each;
    return text;
}

inline std::string list(texts const& all)
{
    return '[' + join(all) + ']';
}

inline std::string object(members const& all)
{
    texts pairs;
    for (auto const& [name, value] : all)
        pairs.push_back(quote(name) + ':' + value);
    return '{' + join(pairs) + '}';
}

// 40 hex digits whose first 12 tell them apart; zeros for 0, which stands for nothing.
std::string hash_of(int number);

// What both products' worlds have in common: chance, a clock, and the history so far.
class world {
   protected:
    world(int number, generator& random) : number_(number), random_(random) {}

    int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
    bool sometimes(int one_in) { return pick(one_in) == 0; }
    template <class T>
    T& pick_of(std::vector<T>& from)
    {
        return from[static_cast<std::size_t>(pick(static_cast<int>(from.size())))];
    }

    // Time goes on by more than what may lie between two notices of one occurrence.
    void wait() { now_ += (3 + pick(20)) * micros(1'000'000) + pick(1'000'000); }
    micros now() const { return now_; }
    int next_id() { return ++last_id_; }
    // A first `commit.added` of a hash on a branch.
    bool is_new_commit(int hash);

    told& tell(product platform, std::string_view key, members const& body, texts const& kinds, texts machines = {});

    int const number_;
    history told_;

   private:
    generator& random_;
    micros now_ = start_time;
    int last_id_ = 0;
    std::vector<int> commits_;
};

}  // namespace bbstream::test
