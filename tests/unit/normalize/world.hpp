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

// What a world's refs are called: some branches and a tag.
constexpr int refs_of_world = 4;
struct ref_name {
    bool is_tag = false;
    std::string name;
    std::string full;
};
ref_name name_of_ref(int ref);
// The hashes before and after; 0 where there is none.
std::string kind_of_change(int before, int after);

// Of events about a pull request: " pullrequests/7"
std::string pull_request_subject(int id);
// What a pull request has of that kind: "thread/7"
std::string pull_request_machine(std::string_view kind, int id);

// Numbers of hashes are below it: few, so that changes repeat.
constexpr int hashes_of_world = 5;
// 40 hex digits whose first 12 tell them apart; zeros for 0, which stands for nothing.
std::string hash_of(int number);

// What both products' worlds have in common: chance, a clock, and the history so far.
class world {
   public:
    virtual ~world() = default;
    history run(kind_of_world kind);

   protected:
    virtual void begin_repository() = 0;
    virtual void take_step() = 0;
    virtual void change_project() = 0;

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
    int pick_hash() { return 1 + pick(hashes_of_world - 1); }
    // A first `commit.added` of a hash on a branch.
    bool is_new_commit(int hash);

    told& tell(product platform, std::string_view key, members const& body, texts const& kinds, texts machines = {});

    int const number_;

   private:
    generator& random_;
    history told_;
    micros now_ = start_time;
    int last_id_ = 0;
    std::vector<int> commits_;
};

}  // namespace bbstream::test
