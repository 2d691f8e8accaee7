#include "state/recency_table.hpp"

#include "numbered_key.hpp"

#include <boost/test/unit_test.hpp>

#include <list>
#include <random>

namespace bbstream::state {

namespace {

struct value {
    int number = 0;
};

// The same by a list that is searched.
class model {
   public:
    value* find(std::uint64_t key)
    {
        for (auto& each : entries_)
            if (each.first == key)
                return &each.second;
        return nullptr;
    }
    value& write(std::uint64_t key)
    {
        value kept;
        if (auto const* found = find(key))
            kept = *found;
        erase(key);
        entries_.emplace_back(key, kept);
        return entries_.back().second;
    }
    void erase(std::uint64_t key)
    {
        entries_.remove_if([&](auto const& each) { return each.first == key; });
    }

    std::list<std::pair<std::uint64_t, value>> entries_;
};

void compare(recency_table<value> const& table, model const& expected)
{
    BOOST_TEST_REQUIRE(table.size() == expected.entries_.size());
    auto next = expected.entries_.begin();
    table.each([&](auto const& entry) {
        BOOST_TEST_REQUIRE((entry.key == numbered_key(next->first)));
        BOOST_TEST_REQUIRE(entry.value.number == next->second.number);
        ++next;
    });
    BOOST_TEST((next == expected.entries_.end()));
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_table_does_what_a_list_does)
{
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        BOOST_TEST_MESSAGE("seed " << seed);
        std::mt19937_64 random(seed);
        recency_table<value> table;
        model expected;
        for (int step = 0; step < 4000; ++step) {
            std::uint64_t const key = random() % 300;
            switch (random() % 8) {
                case 0:
                    table.erase(numbered_key(key));
                    expected.erase(key);
                    break;
                case 1:
                    if (auto const* oldest = table.oldest()) {
                        BOOST_TEST((oldest->key == numbered_key(expected.entries_.front().first)));
                        table.erase(state::key(oldest->key));
                        expected.erase(expected.entries_.front().first);
                    }
                    break;
                case 2: {
                    auto const* found = table.find(numbered_key(key));
                    auto const* known = expected.find(key);
                    BOOST_TEST_REQUIRE((found == nullptr) == (known == nullptr));
                    if (found)
                        BOOST_TEST(found->number == known->number);
                    break;
                }
                default:
                    table.write(numbered_key(key)).number = step;
                    expected.write(key).number = step;
            }
            if (step % 200 == 0)
                compare(table, expected);
        }
        compare(table, expected);
        table.clear();
        compare(table, model());
        table.write(numbered_key(1)).number = 1;
        BOOST_TEST(table.size() == 1u);
    }
}

BOOST_AUTO_TEST_CASE(memory_of_erased_entries_serves_again)
{
    recency_table<value> table;
    for (std::uint64_t number = 0; number < 1000; ++number)
        table.write(numbered_key(number));
    std::size_t const bytes = table.bytes();
    for (std::uint64_t number = 0; number < 100'000; ++number) {
        table.erase(numbered_key(number));
        table.write(numbered_key(number + 1000));
    }
    BOOST_TEST(table.size() == 1000u);
    BOOST_TEST(table.bytes() <= 2 * bytes);
}

BOOST_AUTO_TEST_CASE(memory_is_given_back_when_many_entries_go)
{
    recency_table<value> table;
    for (std::uint64_t number = 0; number < 10'000; ++number)
        table.write(numbered_key(number)).number = static_cast<int>(number);
    std::size_t const bytes = table.bytes();
    for (std::uint64_t number = 0; number < 9'000; ++number)
        table.erase(numbered_key(number));
    BOOST_TEST(table.bytes() < bytes / 4);
    int expected = 9'000;
    table.each([&](auto const& entry) { BOOST_TEST(entry.value.number == expected++); });
    BOOST_TEST(table.size() == 1000u);
}

}  // namespace bbstream::state
