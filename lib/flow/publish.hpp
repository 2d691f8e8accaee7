// publish: journal -> normalize (a fold) -> encode -> sink -> cursor -> release. Two threads, one handover.
#pragma once

#include "flow/delivery.hpp"
#include "flow/folding.hpp"
#include "flow/handover.hpp"
#include "flow/publish_probe.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace bbstream::flow {

struct publish_status {
    std::uint64_t applied = 0;    // folded through here
    micros folded_received = 0;   // when the last record that is folded was received; 0 before the first one
    std::uint64_t committed = 0;  // in the sink through here
    std::string trouble;          // why the sink fails just now; empty when it does not
};

class publisher {
   public:
    // `fatal` is called at most once a thread, with what trying again can't mend; the process should then stop.
    publisher(journal::journal& from, journal_end& end, state::state& state, state::checkpoints& checkpoints,
              sink::sink& to, observe::metrics& metrics, folding_options options,
              std::function<void(std::string)> fatal);
    ~publisher();

    void start();

    // Lets what the journal still holds come out, for at most drain_timeout; then ends both threads and writes the
    // checkpoints. What did not come out is still in the journal.
    void stop(std::chrono::milliseconds drain_timeout);

    // A question to the fold's state, answered on the folding thread once the records through `after` are folded.
    void ask(std::uint64_t after, inquiries::question what);

    publish_status status() const;

   private:
    void run_folding(std::stop_token stop);
    void run_delivery(std::stop_token stop);

    std::function<void(std::string)> const fatal_;
    publish_probe probe_;
    gap_watch gaps_;
    handover handover_;
    delivery delivery_;
    folding folding_;
    journal::journal& journal_;

    std::mutex mutex_;
    std::condition_variable ended_;
    bool folding_ended_ = false;
    bool delivery_ended_ = false;
    std::jthread delivery_thread_;
    std::jthread folding_thread_;
};

}  // namespace bbstream::flow
