#include "daemon/command/held_signals.hpp"

#include <boost/test/unit_test.hpp>

using bbstream::command::held_signals;

BOOST_AUTO_TEST_CASE(signals_that_end_are_held_and_seen)
{
    held_signals const held;
    BOOST_TEST(!held.pending());
    for (int const number : {SIGINT, SIGTERM}) {
        ::raise(number);
        BOOST_TEST(held.pending());
        sigset_t one;
        sigemptyset(&one);
        sigaddset(&one, number);
        int taken = 0;
        ::sigwait(&one, &taken);
        BOOST_TEST(!held.pending());
    }
}
