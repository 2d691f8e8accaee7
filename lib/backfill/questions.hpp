// What the fold knows of a repository, asked for by a coroutine.
#pragma once

#include "backfill/sleeper.hpp"
#include "flow/inquiries.hpp"
#include "normalize/reconcile_view.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace bbstream::backfill {

// Of one thread; outlives its coroutines.
class questions {
   public:
    using ask_function = std::function<void(std::uint64_t after, flow::inquiries::question what)>;

    questions(net::executor on, ask_function ask) : on_(on), ask_(std::move(ask)), waiting_(on) {}

    // Once the records through `after` are folded. Nothing at the stop, the fold's or ours.
    net::task<std::optional<normalize::reconcile_view>> view(std::uint64_t after, std::string instance,
                                                             std::string repository);
    void stop() { waiting_.stop(); }

   private:
    // Shared with the folding thread, which may come back to it after we are gone.
    struct answer {
        std::mutex mutex;
        bool wanted = true;
        bool given = false;
        std::optional<normalize::reconcile_view> seen;
    };

    net::executor on_;
    ask_function ask_;
    sleeper waiting_;
};

}  // namespace bbstream::backfill
