// The same records give the same events, whatever they are interleaved with and wherever the fold is restarted.
#include "state/checkpoints.hpp"
#include "support/folding.hpp"
#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <random>

namespace bbstream {

namespace {

using generator = std::mt19937_64;
using strings = std::vector<std::string>;

std::string hash_of(int number)
{
    std::string text = std::to_string(number);
    return number == 0 ? std::string(40, '0') : text + std::string(40 - text.size(), 'e');
}

test::delivery make_push(product platform, int repository, int ref, int before, int after, int serial)
{
    test::delivery of;
    of.platform = platform;
    of.id = std::to_string(serial);
    if (platform == product::cloud) {
        auto const side = [&](int hash) {
            return hash == 0 ? std::string("null")
                             : R"({"type":"branch","name":"b)" + std::to_string(ref) + R"(","target":{"hash":")" +
                                   hash_of(hash) + R"("}})";
        };
        of.body = R"({"repository":{"uuid":"r)" + std::to_string(repository) + R"("},"push":{"changes":[{"old":)" +
                  side(before) + R"(,"new":)" + side(after) + R"(,"commits":[{"hash":")" + hash_of(after) +
                  R"("},{"hash":")" + hash_of(before) + R"("}]}]}})";
    } else {
        of.event_key = "repo:refs_changed";
        of.body = R"({"date":"2025-09-23T03:15:55+0300","n":)" + std::to_string(serial) + R"(,"repository":{"id":)" +
                  std::to_string(repository) + R"(},"changes":[{"refId":"refs/heads/b)" + std::to_string(ref) +
                  R"(","fromHash":")" + hash_of(before) + R"(","toHash":")" + hash_of(after) + R"("}]})";
    }
    return of;
}

// What Bitbucket sends of one repository: refs that walk over few hashes, so that changes repeat; some deliveries
// are lost, late, sent twice or by two hooks, and some are of a key without a type.
std::vector<test::delivery> make_history(int repository, generator& random)
{
    auto const platform = repository % 2 == 0 ? product::cloud : product::datacenter;
    std::vector<test::delivery> history;
    std::map<int, int> heads;
    for (int serial = repository * 1000; serial < repository * 1000 + 40; ++serial) {
        int const ref = static_cast<int>(random() % 3);
        int& head = heads[ref];
        int const next = static_cast<int>(random() % 5);
        if (next == head)
            continue;
        auto of = make_push(platform, repository, ref, head, next, serial);
        head = next;
        if (random() % 10 == 0)
            of.event_key = "repo:something_else";
        if (random() % 10 == 0)
            continue;  // lost
        history.push_back(of);
        if (random() % 5 == 0)
            history.push_back(of);  // a retry
        if (random() % 5 == 0) {
            of.id += "-other";
            history.push_back(of);  // a second hook
        }
        if (random() % 5 == 0 && history.size() > 1)
            std::swap(history[history.size() - 1], history[random() % history.size()]);  // out of order
    }
    return history;
}

std::vector<std::vector<test::delivery>> make_histories(generator& random)
{
    std::vector<std::vector<test::delivery>> histories;
    for (int repository = 1; repository <= 6; ++repository)
        histories.push_back(make_history(repository, random));
    return histories;
}

// (repository, delivery), at random but each repository's in its order.
std::vector<std::pair<std::size_t, test::delivery>> interleave(std::vector<std::vector<test::delivery>> const& all,
                                                               generator& random)
{
    std::vector<std::size_t> next(all.size(), 0);
    std::vector<std::pair<std::size_t, test::delivery>> merged;
    std::size_t left = 0;
    for (auto const& each : all)
        left += each.size();
    while (left > 0) {
        std::size_t const which = random() % all.size();
        if (next[which] == all[which].size())
            continue;
        merged.emplace_back(which, all[which][next[which]++]);
        --left;
    }
    return merged;
}

std::map<std::size_t, strings> ids_by_repository(std::vector<std::pair<std::size_t, test::delivery>> const& records)
{
    test::folder in;
    std::map<std::size_t, strings> found;
    for (auto const& [repository, of] : records)
        for (auto const& each : in.apply(of))
            found[repository].push_back(test::type_name(each.type) + " " + test::id_text(each));
    return found;
}

// Folds, publishes, checkpoints and crashes at random; gives the events of each sequence as they were last published.
class crashing_daemon {
   public:
    crashing_daemon(std::string directory, generator& random) : directory_(std::move(directory)), random_(random) {}

    void run(std::vector<std::pair<std::size_t, test::delivery>> const& records, std::vector<strings> const& expected)
    {
        while (committed_ < records.size())
            run_once(records, expected);
    }

   private:
    void run_once(std::vector<std::pair<std::size_t, test::delivery>> const& records,
                  std::vector<strings> const& expected)
    {
        state::checkpoints checkpoints(directory_, {});
        test::folder in;
        auto const report = checkpoints.load(*in.state).value();
        BOOST_TEST_REQUIRE(report.count(state::shard_outcome::damaged) == 0u);
        BOOST_TEST_REQUIRE(checkpoints.highest_applied() <= committed_);
        for (std::uint64_t sequence = checkpoints.lowest_applied() + 1; sequence <= records.size(); ++sequence) {
            auto const values = test::encode_all(in.apply_at(sequence, records[sequence - 1].second));
            if (sequence > committed_)
                BOOST_TEST_REQUIRE(values == expected[sequence - 1], "record " << sequence);
            if (random_() % 4 == 0)
                committed_ = std::max(committed_, sequence);
            std::size_t const first = random_() % state::shard_count;
            std::size_t const count = random_() % 30 == 0 ? state::shard_count : random_() % 2;
            for (std::size_t at = 0; at < count; ++at)
                BOOST_TEST_REQUIRE(checkpoints.write(*in.state, (first + at) % state::shard_count).has_value());
            if (random_() % 4 == 0)
                BOOST_TEST_REQUIRE(checkpoints.take_effect(committed_, 1).has_value());
            if (random_() % 40 == 0)
                return;
        }
        committed_ = records.size();
    }

    std::string const directory_;
    generator& random_;
    std::uint64_t committed_ = 0;
};

}  // namespace

BOOST_AUTO_TEST_CASE(other_repositories_do_not_matter)
{
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        generator random(seed);
        auto const histories = make_histories(random);
        auto const expected = ids_by_repository(interleave(histories, random));
        BOOST_TEST_REQUIRE(!expected.empty());
        for (int times = 0; times < 3; ++times)
            BOOST_TEST((ids_by_repository(interleave(histories, random)) == expected), "seed " << seed);
    }
}

BOOST_AUTO_TEST_CASE(no_id_is_published_twice)
{
    for (std::uint64_t seed = 100; seed <= 140; ++seed) {
        generator random(seed);
        std::map<std::string, int> times;
        for (auto const& [repository, ids] : ids_by_repository(interleave(make_histories(random), random)))
            for (auto const& id : ids)
                BOOST_TEST(++times[id] == 1, "seed " << seed << " " << id);
    }
}

BOOST_AUTO_TEST_CASE(restarts_do_not_matter)
{
    for (std::uint64_t seed = 1000; seed <= 1002; ++seed) {
        generator random(seed);
        test::temporary_directory directory;
        auto const records = interleave(make_histories(random), random);
        std::vector<strings> expected;
        test::folder in;
        for (auto const& [repository, of] : records)
            expected.push_back(test::encode_all(in.apply(of)));
        BOOST_TEST_CONTEXT("seed " << seed)
        crashing_daemon(directory.path(), random).run(records, expected);
    }
}

}  // namespace bbstream
