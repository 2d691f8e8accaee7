#include "unit/journal/model.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>

using namespace bbstream::journal::test;

namespace {

std::uint64_t from_environment(char const* name, std::uint64_t otherwise)
{
    char const* const text = std::getenv(name);
    return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

void run(std::uint64_t seed, std::uint64_t steps, bool direct, model::counts& total)
{
    model log(seed, direct);
    std::uint64_t step = 0;
    try {
        log.open();
        for (; step < steps; ++step)
            log.random_step();
        log.end();
    } catch (std::exception const& broken) {
        BOOST_FAIL("seed " << seed << ", step " << step << (direct ? ", direct: " : ", cached: ") << broken.what());
    }
    total.durable += log.counted().durable;
    total.refused += log.counted().refused;
    total.surfaced += log.counted().surfaced;
    total.damaged += log.counted().damaged;
    total.harmless += log.counted().harmless;
    total.cut += log.counted().cut;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_model)

// BBSTREAM_JOURNAL_STEPS and BBSTREAM_SEED repeat or lengthen a run.
BOOST_AUTO_TEST_CASE(holds_for_random_steps_crashes_and_faults)
{
    auto const steps = from_environment("BBSTREAM_JOURNAL_STEPS", 100'000);
    auto const seed = from_environment("BBSTREAM_SEED", 20'260'824);
    std::uint64_t const a_run = 2'000;
    model::counts total;
    for (std::uint64_t done = 0; done < steps; done += a_run)
        run(seed + done, std::min(a_run, steps - done), done / a_run % 2 == 0, total);
    std::cout << "journal model: seed " << seed << ", " << steps << " steps: batches " << total.durable << " durable, "
              << total.refused << " refused, " << total.surfaced << " refused or unanswered but whole; power cut armed "
              << total.cut << " times; flipped bits " << total.damaged << " found, " << total.harmless << " harmless\n";
    BOOST_TEST(total.durable > total.refused);
    BOOST_TEST(total.refused > 0u);
    BOOST_TEST(total.damaged > 0u);
}

BOOST_AUTO_TEST_SUITE_END()
