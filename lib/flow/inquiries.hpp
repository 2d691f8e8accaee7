// Questions to the fold's state. Only the folding thread may touch it: it answers between records.
#pragma once

#include "state/state.hpp"

#include <cstdint>
#include <functional>
#include <mutex>
#include <vector>

namespace bbstream::flow {

class inquiries {
   public:
    // Called once, on the folding thread; with nothing when folding has ended before it could answer.
    using question = std::function<void(state::state* of)>;

    // To be answered once the records through `after` are folded. Any thread.
    void ask(std::uint64_t after, question what);

    // The folding thread's part.
    void answer(std::uint64_t applied, state::state& from);
    void close();

   private:
    struct waiting {
        std::uint64_t after;
        question what;
    };

    std::mutex mutex_;
    std::vector<waiting> waiting_;
    bool closed_ = false;
};

}  // namespace bbstream::flow
