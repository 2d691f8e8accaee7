#include "base/thread.hpp"

#include <boost/test/unit_test.hpp>

#include <pthread.h>
#include <sys/resource.h>

#include <string>
#include <thread>

using namespace bbstream;

namespace {

struct seen {
    std::string name;
    int nice = 0;
};

seen presented(char const* name, urgency how)
{
    seen found;
    std::thread([&] {
        present_thread(name, how);
        char text[16];
        ::pthread_getname_np(::pthread_self(), text, sizeof text);
        found = {text, ::getpriority(PRIO_PROCESS, 0)};
    }).join();
    return found;
}

}  // namespace

BOOST_AUTO_TEST_CASE(threads_say_their_name_and_only_patient_ones_give_way)
{
    auto const ours = ::getpriority(PRIO_PROCESS, 0);
    auto const normal = presented("reactor", urgency::normal);
    auto const prompt = presented("journal", urgency::prompt);
    auto const patient = presented("folding", urgency::patient);
    BOOST_TEST(normal.name == "reactor");
    BOOST_TEST(prompt.name == "journal");
    BOOST_TEST(normal.nice == ours);
    BOOST_TEST(prompt.nice == ours);
    BOOST_TEST((patient.nice > ours || ours == 19));
    BOOST_TEST(::getpriority(PRIO_PROCESS, 0) == ours);
}
