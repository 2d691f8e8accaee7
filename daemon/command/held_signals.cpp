#include "daemon/command/held_signals.hpp"

namespace bbstream::command {

held_signals::held_signals()
{
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &ending, &before_);
}

held_signals::~held_signals()
{
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

bool held_signals::pending() const
{
    sigset_t come;
    sigemptyset(&come);
    ::sigpending(&come);
    return sigismember(&come, SIGINT) == 1 || sigismember(&come, SIGTERM) == 1;
}

}  // namespace bbstream::command
