// Carries a plan out.
#pragma once

#include "hooks/plan.hpp"
#include "hooks/secret_memory.hpp"
#include "hooks/survey.hpp"

#include <functional>

namespace bbstream::hooks {

// Whether a hook has the secret: as the product shows it, else as it is remembered.
secret_look compare_with(secret_memory const& memory, std::string const& instance, std::string secret);

struct told {
    step const& what;
    std::optional<failure> failed;  // none: it is done
};

struct sync_options {
    std::vector<std::string> events;
    std::optional<std::string> secret;
    std::function<void(told const&)> tell;  // after each step but those that keep or report
};

struct tally {
    std::size_t done = 0;
    std::size_t failed = 0;
    std::size_t left_out = 0;  // nothing is deleted once something has failed
};

// What fails does not hinder what follows. Errors: io where the memory can't be written; what is_hopeless(), which ends
// it.
net::task<result<tally>> carry_out(desk const& at, plan const& what, sync_options options, secret_memory& memory);

}  // namespace bbstream::hooks
