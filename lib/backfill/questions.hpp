// What the fold knows of a repository, asked for by a coroutine.
#pragma once

#include "backfill/sleeper.hpp"
#include "flow/inquiries.hpp"
#include "normalize/reconcile_view.hpp"
#include "normalize/repositories_view.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace bbstream::backfill {

// Of one thread; outlives its coroutines.
class questions {
   public:
    using ask_function = std::function<void(std::uint64_t after, flow::inquiries::question what)>;

    questions(net::executor on, ask_function ask) : on_(on), ask_(std::move(ask)), waiting_(on) {}

    // Once the records through `after` are folded. Nothing at the stop, the fold's or ours.
    net::task<std::optional<normalize::reconcile_view>> view(std::uint64_t after, std::string instance,
                                                             std::string repository);
    // The same of what a listing says of the instance's repositories.
    net::task<std::optional<normalize::repositories_view>> compare(std::uint64_t after, std::string instance,
                                                                   std::vector<normalize::listed_repository> listed,
                                                                   bool complete);
    // The repositories of the instance in which something is missing.
    net::task<std::optional<std::vector<std::string>>> with_missing(std::uint64_t after, std::string instance);
    void stop() { waiting_.stop(); }

   private:
    // Shared with the folding thread, which may come back to it after we are gone.
    template <class View>
    struct answer {
        std::mutex mutex;
        bool wanted = true;
        bool given = false;
        std::optional<View> seen;
    };

    template <class View>
    net::task<std::optional<View>> ask(std::uint64_t after, std::function<View(state::state&)> look);

    net::executor on_;
    ask_function ask_;
    sleeper waiting_;
};

}  // namespace bbstream::backfill
