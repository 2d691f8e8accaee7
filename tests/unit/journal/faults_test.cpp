#include "unit/journal/model.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace bbstream::journal::test;

namespace {

enum class faults { one_call, all_calls, power_cut };
enum class ending { process, power };

constexpr std::uint64_t seed = 7;

// Everything a journal does, with or without success: start, fill segments, read, recycle, stop, start again.
void play(model& log)
{
    if (!log.try_open())
        return;
    for (int round = 0; round < 4; ++round) {
        log.append_until_rotated();
        for (int batch = 0; batch < 6; ++batch)
            log.append();
        log.follow();
        log.release_all();
        log.age();
        for (int turn = 0; turn < 3; ++turn)
            log.maintain();
        log.read_somewhere();
        log.append();
    }
    log.append();
    log.close();
    if (!log.try_open())
        return;
    log.append();
    log.maintain();
}

// What happened is over: nothing acknowledged may be missing, now or after another crash.
void recover(model& log, ending how)
{
    if (how == ending::power)
        log.lose_power();
    else
        log.die();
    log.heal();
    log.open();
    log.append();
    log.lose_power();
    log.open();
    log.check_outside();
    log.must_take_writes();
    log.append_until_rotated();
    log.close();
    log.open();
}

std::uint64_t calls_of_a_play(bool direct)
{
    model log(seed, direct);
    play(log);
    return log.disk().calls();
}

template <class Arm>
void play_and_recover(bool direct, ending how, std::string const& what, Arm arm)
{
    try {
        model log(seed, direct);
        log.expect_faults();
        arm(log.disk());
        play(log);
        recover(log, how);
    } catch (std::exception const& broken) {
        BOOST_FAIL(what << (direct ? ", direct" : ", cached")
                        << (how == ending::power ? ", power lost: " : ", killed: ") << broken.what());
    }
}

void arm(sim_disk& disk, faults kind, std::uint64_t call)
{
    if (kind == faults::power_cut)
        disk.cut_after(call);
    else
        disk.fail_after(call, kind == faults::one_call ? 1 : ~std::uint64_t{0});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(faults_in_turn)

BOOST_AUTO_TEST_CASE(every_system_call_may_fail_once_or_for_good_or_be_the_last)
{
    for (bool const direct : {true, false}) {
        auto const calls = calls_of_a_play(direct);
        BOOST_TEST(calls > 60u);
        for (std::uint64_t call = 0; call < calls; ++call)
            for (auto const kind : {faults::one_call, faults::all_calls, faults::power_cut})
                for (auto const how : {ending::process, ending::power})
                    play_and_recover(
                        direct, how,
                        "fault " + std::to_string(static_cast<int>(kind)) + " at call " + std::to_string(call),
                        [&](sim_disk& disk) { arm(disk, kind, call); });
    }
}

// Where one failure alone does no harm, its aftermath might not bear another.
BOOST_AUTO_TEST_CASE(after_a_failed_call_the_power_may_go_at_any_of_the_next_ones)
{
    constexpr std::uint64_t aftermath = 10;
    for (bool const direct : {true, false}) {
        auto const calls = calls_of_a_play(direct);
        BOOST_TEST(calls > 60u);
        for (std::uint64_t call = 0; call < calls; ++call)
            for (std::uint64_t later = 1; later <= aftermath; ++later)
                play_and_recover(
                    direct, ending::power,
                    "failure at call " + std::to_string(call) + ", power cut " + std::to_string(later) + " calls later",
                    [&](sim_disk& disk) {
                        disk.fail_after(call);
                        disk.cut_after(call + later);
                    });
    }
}

BOOST_AUTO_TEST_SUITE_END()
