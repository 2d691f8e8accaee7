// What a world does becomes its events: each once, whatever is delivered twice, between what, and wherever the fold is
// restarted from its checkpoints.
#include "world.hpp"

#include "normalize/retries.hpp"
#include "state/shard_codec.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

namespace bbstream {

namespace {

using test::generator;
using test::told;
using strings = std::vector<std::string>;

// BBSTREAM_SEED and BBSTREAM_WORLD_SEEDS repeat or lengthen a run.
std::uint64_t from_environment(char const* name, std::uint64_t otherwise)
{
    char const* const text = std::getenv(name);
    return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

// Calls `check` with each seed, which a failure names.
template <class Check>
void for_seeds(std::uint64_t count, Check check)
{
    std::uint64_t const first = from_environment("BBSTREAM_SEED", 1);
    count = from_environment("BBSTREAM_WORLD_SEEDS", count);
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        generator random(seed);
        BOOST_TEST_CONTEXT("BBSTREAM_SEED=" << seed)
        check(random);
    }
}

// A record of the journal: the delivery of a world, or another copy of it.
struct record {
    std::size_t world = 0;
    std::size_t serial = 0;  // in its world
    test::delivery of;
};

// As they would be if their world's deliveries were all that the journal held.
strings values_of(std::span<event::event const> events, std::size_t serial)
{
    std::vector<event::event> own(events.begin(), events.end());
    std::vector<event::delivery> deliveries(own.size());
    for (std::size_t at = 0; at < own.size(); ++at) {
        deliveries[at] = *own[at].delivery;
        deliveries[at].shared = nullptr;
        deliveries[at].sequence = serial + 1;
        own[at].delivery = &deliveries[at];
        own[at].position.sequence = serial + 1;
    }
    return test::encode_all(own);
}

// Of what is published whatever the configuration asks for.
strings kinds_of(std::span<event::event const> events)
{
    strings kinds;
    for (auto const& each : events)
        if (!event::is_optional(event::topic_of(each.type)))
            kinds.push_back(test::type_name(each.type) + " " + std::string(each.subject));
    return kinds;
}

// The events of a world alone.
strings fold_alone(test::history const& world)
{
    test::folder in;
    strings values;
    std::set<std::string> ids;
    for (std::size_t serial = 0; serial < world.size(); ++serial) {
        auto const& what = world[serial];
        auto const events = in.apply(what.of);
        BOOST_TEST(kinds_of(events) == what.kinds, what.of.event_key << " " << what.of.body);
        for (auto const& each : events)
            BOOST_TEST(ids.insert(test::id_text(each)).second, "an id comes twice: " << what.of.body);
        auto const made = values_of(events, serial);
        if (!what.holds.empty())
            BOOST_TEST((!made.empty() && made.back().find(what.holds) != std::string::npos), what.holds);
        values.insert(values.end(), made.begin(), made.end());
    }
    return values;
}

// Before which delivery of its world a copy that has no bytes in common has to come.
std::size_t known_as_copy_until(test::history const& world, std::size_t serial)
{
    for (std::size_t next = serial + 1; next < world.size(); ++next)
        for (auto const& machine : world[serial].machines)
            if (std::ranges::find(world[next].machines, machine) != world[next].machines.end())
                return next;
    return world.size();
}

bool is_unknown(told const& what)
{
    return what.kinds.size() == 1 && what.kinds.front().starts_with("unknown.received");
}

// The deliveries of a world with copies of some: retries, and those of a second hook, some of which have other bytes.
std::vector<record> with_copies(test::history const& world, std::size_t number, generator& random)
{
    std::vector<std::vector<record>> behind(world.size());
    auto const add = [&](test::delivery of, std::size_t serial, std::size_t until) {
        behind[serial + random() % (until - serial)].push_back({number, serial, std::move(of)});
    };
    for (std::size_t serial = 0; serial < world.size(); ++serial) {
        auto const& of = world[serial].of;
        if (random() % 4 == 0)
            add(of, serial, world.size());
        if (is_unknown(world[serial]))
            continue;
        auto copy = of;
        copy.id += "-of-another-hook";
        bool const dated = of.platform == product::datacenter;
        bool const same_bytes = normalize::identical_bodies_are_one(of.platform, of.event_key) && random() % 2 == 0;
        if (!same_bytes)
            copy.body.insert(1, " ");
        if (random() % 3 == 0)
            add(copy, serial, same_bytes || dated ? world.size() : known_as_copy_until(world, serial));
    }
    std::vector<record> all;
    for (std::size_t serial = 0; serial < world.size(); ++serial) {
        all.push_back({number, serial, world[serial].of});
        std::ranges::move(behind[serial], std::back_inserter(all));
    }
    return all;
}

// At random, but each world's in their order.
std::vector<record> interleave(std::vector<std::vector<record>> const& worlds, generator& random)
{
    std::vector<std::size_t> turns;
    for (std::size_t world = 0; world < worlds.size(); ++world)
        turns.insert(turns.end(), worlds[world].size(), world);
    std::ranges::shuffle(turns, random);
    std::vector<std::size_t> next(worlds.size(), 0);
    std::vector<record> all;
    for (auto const world : turns)
        all.push_back(worlds[world][next[world]++]);
    return all;
}

// Another fold with the same state, as checkpoints bring it.
test::folder restarted(test::folder const& from)
{
    test::folder to;
    to.next = from.next;
    std::string bytes;
    for (std::size_t at = 0; at < state::shard_count; ++at) {
        state::shard_codec::encode(from.state->shard(at), {}, bytes);
        BOOST_TEST_REQUIRE(state::shard_codec::decode_entries(bytes, to.state->shard(at)).has_value());
        to.state->set_loaded(at, from.next - 1);
    }
    return to;
}

std::vector<strings> fold_all(std::vector<record> const& journal, std::size_t worlds, generator& random)
{
    std::vector<strings> values(worlds);
    test::folder in;
    for (auto const& each : journal) {
        auto const made = values_of(in.apply(each.of), each.serial);
        std::ranges::copy(made, std::back_inserter(values[each.world]));
        if (random() % 60 == 0)
            in = restarted(in);
    }
    return values;
}

void check_same(strings const& found, strings const& expected)
{
    auto const [here, there] = std::ranges::mismatch(found, expected);
    if (here != found.end() || there != expected.end())
        BOOST_ERROR("found " << (here == found.end() ? "nothing more" : *here) << "\nin place of "
                             << (there == expected.end() ? "nothing" : *there));
}

void check_worlds(generator& random)
{
    std::vector<strings> expected;
    std::vector<std::vector<record>> deliveries;
    for (int number = 1; number <= 6; ++number) {
        auto const kind = number > 4 ? test::kind_of_world::project : test::kind_of_world::repository;
        auto const world = test::make_world(number, kind, random);
        expected.push_back(fold_alone(world));
        deliveries.push_back(with_copies(world, expected.size() - 1, random));
    }
    auto const found = fold_all(interleave(deliveries, random), expected.size(), random);
    for (std::size_t world = 0; world < expected.size(); ++world)
        check_same(found[world], expected[world]);
}

}  // namespace

BOOST_AUTO_TEST_CASE(each_fact_of_a_world_is_told_once_whatever_copies_and_restarts_there_are)
{
    for_seeds(200, check_worlds);
}

}  // namespace bbstream
