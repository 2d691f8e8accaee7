// An instance that is not polled, be it that it was before: commits that the fold withholds until Bitbucket was asked
// are told as they are.
#pragma once

#include "backfill/questions.hpp"
#include "backfill/recorder.hpp"
#include "backfill/sleeper.hpp"

#include <string>

namespace bbstream::backfill {

// Of one thread; outlives its coroutine.
class unpolled {
   public:
    unpolled(net::executor on, config::instance const& of, journal::journal& journal, questions::ask_function ask,
             observe::metrics& metrics);

    // Once the fold has caught up with the journal.
    void start();
    // Ends what waits.
    void stop();

   private:
    net::task<void> run();
    // False at the stop.
    net::task<bool> release(std::string repository_id);

    net::executor on_;
    config::instance const& instance_;
    sleeper until_stop_;
    questions questions_;
    recorder recorder_;
};

}  // namespace bbstream::backfill
