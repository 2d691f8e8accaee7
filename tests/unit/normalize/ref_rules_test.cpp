#include "normalize/ref_rules.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <set>
#include <string>

namespace bbstream::normalize {

static std::ostream& operator<<(std::ostream& out, ref_verdict verdict)
{
    return out << static_cast<int>(verdict);
}

namespace {

state::head head(char name)
{
    return name == '0' ? state::head() : state::head::of_hex(std::string(40, name));
}

// One ref of one repository, driven by the rules: "0a" is its creation at a, "ab" its move from a to b.
struct ref_machine {
    explicit ref_machine(bool repository = true) : repository(repository) {}

    // `told`: when it happened; 0 where the product does not tell.
    ref_verdict change(std::string const& what, state::seconds told = 0)
    {
        ref_knowledge known;
        known.ref = seen ? &ref : nullptr;
        known.repository = repository;
        known.occurrences = counts[what];
        known.told = told;
        if (told != 0 && !times[what].empty())
            known.timing = times[what].contains(told) ? ref_timing::counted : ref_timing::another;
        auto const decided = decide(known, head(what[0]), head(what[1]));
        occurrence = decided.occurrence;
        if (decided.is_new()) {
            ref = after_change(known, decided.verdict, head(what[0]), head(what[1]));
            seen = repository = true;
            ++counts[what];
            times[what].insert(told);
        }
        return decided.verdict;
    }

    bool repository;
    bool seen = false;
    state::ref_state ref;
    std::map<std::string, std::uint32_t> counts;
    std::map<std::string, std::set<state::seconds>> times;
    std::uint32_t occurrence = 0;
};

}  // namespace

BOOST_AUTO_TEST_CASE(changes_that_follow_each_other_move_the_head)
{
    ref_machine ref;
    BOOST_TEST(ref.change("0a") == ref_verdict::genuine);
    BOOST_TEST(ref.change("ab") == ref_verdict::genuine);
    BOOST_TEST(ref.change("b0") == ref_verdict::genuine);
    BOOST_TEST(ref.ref.head.none());
}

BOOST_AUTO_TEST_CASE(the_first_push_of_a_repository_is_its_baseline)
{
    ref_machine ref(false);
    BOOST_TEST(ref.change("ab") == ref_verdict::genuine);
    BOOST_TEST((ref.ref.head == head('b')));
}

BOOST_AUTO_TEST_CASE(an_unseen_ref_of_a_known_repository_did_not_exist)
{
    BOOST_TEST(ref_machine().change("0a") == ref_verdict::genuine);
    ref_machine moved;
    BOOST_TEST(moved.change("ab") == ref_verdict::gap);
    BOOST_TEST((moved.ref.head == head('b')));
    BOOST_TEST(ref_machine().change("a0") == ref_verdict::gap);
}

BOOST_AUTO_TEST_CASE(the_same_change_again_is_a_repeat_of_its_occurrence)
{
    ref_machine ref;
    ref.change("0a");
    BOOST_TEST(ref.change("0a") == ref_verdict::repeat);
    BOOST_TEST(ref.occurrence == 0u);
    ref.change("ab");
    BOOST_TEST(ref.change("0a") == ref_verdict::late_repeat);
    BOOST_TEST(ref.occurrence == 0u);
    BOOST_TEST((ref.ref.head == head('b')));
}

BOOST_AUTO_TEST_CASE(a_ref_that_goes_back_and_forth_counts_its_occurrences)
{
    ref_machine ref;
    ref.change("0a");
    for (std::uint32_t round = 0; round < 3; ++round) {
        BOOST_TEST(ref.change("ab") == ref_verdict::genuine);
        BOOST_TEST(ref.occurrence == round);
        BOOST_TEST(ref.change("ab") == ref_verdict::repeat);
        BOOST_TEST(ref.occurrence == round);
        BOOST_TEST(ref.change("ba") == ref_verdict::genuine);
        BOOST_TEST(ref.occurrence == round);
    }
}

BOOST_AUTO_TEST_CASE(a_ref_that_is_deleted_and_made_again_counts_its_occurrences)
{
    ref_machine ref;
    for (std::uint32_t round = 0; round < 3; ++round) {
        BOOST_TEST(ref.change("0a") == ref_verdict::genuine);
        BOOST_TEST(ref.occurrence == round);
        BOOST_TEST(ref.change("a0") == ref_verdict::genuine);
        BOOST_TEST(ref.occurrence == round);
    }
}

BOOST_AUTO_TEST_CASE(a_missing_change_is_a_gap_and_comes_late_as_the_predecessor)
{
    ref_machine ref;
    ref.change("0a");
    BOOST_TEST(ref.change("bc") == ref_verdict::gap);
    BOOST_TEST((ref.ref.head == head('c')));
    BOOST_TEST(ref.change("ab") == ref_verdict::late_predecessor);
    BOOST_TEST((ref.ref.head == head('c')));
    BOOST_TEST(ref.change("ab") == ref_verdict::late_repeat);
    BOOST_TEST(ref.change("cd") == ref_verdict::genuine);
}

BOOST_AUTO_TEST_CASE(two_missing_changes_come_late_newest_first)
{
    ref_machine ref;
    ref.change("0a");
    ref.change("cd");
    BOOST_TEST(ref.change("bc") == ref_verdict::late_predecessor);
    BOOST_TEST(ref.change("ab") == ref_verdict::late);
    BOOST_TEST((ref.ref.head == head('d')));
}

BOOST_AUTO_TEST_CASE(a_copy_is_known_by_its_time_even_where_it_would_follow_on)
{
    ref_machine ref;
    ref.change("0a", 10);
    ref.change("ab", 20);
    ref.change("ba", 30);
    BOOST_TEST(ref.change("ab", 20) == ref_verdict::late_repeat);
    BOOST_TEST((ref.ref.head == head('a')));
    BOOST_TEST(ref.change("ab", 30) == ref_verdict::genuine);  // in the second of what it follows
    BOOST_TEST(ref.occurrence == 1u);
}

BOOST_AUTO_TEST_CASE(a_change_that_follows_on_is_the_next_one_even_in_the_same_second)
{
    ref_machine ref;
    ref.change("0a", 10);
    for (std::uint32_t round = 0; round < 3; ++round) {
        BOOST_TEST(ref.change("ab", 10) == ref_verdict::genuine);
        BOOST_TEST(ref.change("ba", 10) == ref_verdict::genuine);
        BOOST_TEST(ref.occurrence == round);
    }
}

BOOST_AUTO_TEST_CASE(the_same_change_at_another_time_is_none_that_was_counted)
{
    ref_machine ref;
    ref.change("0a", 10);
    ref.change("ab", 20);
    BOOST_TEST(ref.change("ab", 40) == ref_verdict::gap);  // what led back is missing
    BOOST_TEST(ref.occurrence == 1u);
    ref.change("bc", 50);
    BOOST_TEST(ref.change("ab", 30) == ref_verdict::late);
    BOOST_TEST(ref.occurrence == 2u);
    BOOST_TEST((ref.ref.head == head('c')));
}

BOOST_AUTO_TEST_CASE(a_head_does_not_move_back_in_time)
{
    ref_machine ref;
    ref.change("0a", 10);
    ref.change("ab", 20);
    BOOST_TEST(ref.change("ec", 5) == ref_verdict::gap);
    BOOST_TEST((ref.ref.head == head('b')));
    BOOST_TEST(ref.change("fd", 18) == ref_verdict::gap);  // clocks may differ by so much
    BOOST_TEST((ref.ref.head == head('d')));
}

BOOST_AUTO_TEST_CASE(a_change_between_known_heads_is_late)
{
    ref_machine ref;
    ref.change("0a");
    ref.change("ab");
    ref.change("bc");
    BOOST_TEST(ref.change("ac") == ref_verdict::late);  // to the head
    BOOST_TEST(ref.change("ca") == ref_verdict::genuine);
    BOOST_TEST(ref.change("cb") == ref_verdict::late);  // to another
    BOOST_TEST((ref.ref.head == head('a')));
}

BOOST_AUTO_TEST_CASE(a_change_from_an_unknown_head_is_a_gap)
{
    ref_machine ref;
    ref.change("0a");
    ref.change("ab");
    BOOST_TEST(ref.change("ec") == ref_verdict::gap);
    BOOST_TEST(ref.change("fb") == ref_verdict::gap);
    BOOST_TEST((ref.ref.head == head('b')));
}

BOOST_AUTO_TEST_CASE(only_the_last_sixteen_heads_are_known)
{
    ref_machine ref;
    state::known_heads<state::known_heads_max> known;
    for (std::uint64_t prefix = 1; prefix <= 17; ++prefix)
        known.add(prefix);
    BOOST_TEST(!known.contains(1));
    BOOST_TEST(known.contains(2));
    known.add(2);  // is the newest again
    known.add(18);
    BOOST_TEST(known.contains(2));
    BOOST_TEST(!known.contains(3));
    BOOST_TEST(known.size() == state::known_heads_max);
}

}  // namespace bbstream::normalize
