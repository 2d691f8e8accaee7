// INT and TERM wait until the work at hand is whole.
#pragma once

#include <csignal>

namespace bbstream::command {

// To be made before any thread is, so that none of them takes the signals.
class held_signals {
   public:
    held_signals();
    held_signals(held_signals const&) = delete;
    held_signals& operator=(held_signals const&) = delete;
    // One that came meanwhile now ends the process.
    ~held_signals();

    // Whether one has come.
    bool pending() const;

   private:
    sigset_t before_;
};

}  // namespace bbstream::command
