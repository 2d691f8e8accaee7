#include "flow/inquiries.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace bbstream::flow {

BOOST_AUTO_TEST_CASE(questions_are_answered_once_what_they_ask_about_is_folded)
{
    state::state state(1 << 20);
    inquiries of;
    std::string answered;
    auto const ask = [&](std::uint64_t after, char name) {
        of.ask(after, [&answered, name](state::state* from) { answered += from ? name : '-'; });
    };
    ask(5, 'a');
    ask(3, 'b');
    ask(0, 'c');
    of.answer(2, state);
    BOOST_TEST(answered == "c");
    of.answer(4, state);
    BOOST_TEST(answered == "cb");
    of.close();
    BOOST_TEST(answered == "cb-");
    ask(0, 'd');
    BOOST_TEST(answered == "cb--");
    of.answer(9, state);
    BOOST_TEST(answered == "cb--");
}

}  // namespace bbstream::flow
