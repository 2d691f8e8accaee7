// The real broker that a test speaks to, through dev.d/kafka.
#pragma once

#include "config/config.hpp"

#include <string>

namespace bbstream::test {

// Where the shared broker listens: $BBSTREAM_KAFKA, else that of the ctest fixture. Throws if there is neither.
std::string broker_address();

// A configuration for that broker with topics of its own, so that tests do not meet.
config::kafka fresh_config(std::string const& name);

// A broker of a test's own, which it may kill.
class own_broker {
   public:
    explicit own_broker(std::string directory);
    own_broker(own_broker const&) = delete;
    own_broker& operator=(own_broker const&) = delete;
    ~own_broker();

    void start();
    void kill();
    std::string const& address() const { return address_; }

   private:
    std::string const directory_;
    std::string address_;
};

}  // namespace bbstream::test
