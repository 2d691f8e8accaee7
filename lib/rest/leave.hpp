// Leave to send requests, which a command asks the running daemon for: the daemon's budget, handed on in small
// portions. No clock of its own.
#pragma once

#include "rest/budget.hpp"

#include <functional>
#include <optional>

namespace bbstream::rest {

// Of one answer of the daemon's.
inline constexpr unsigned leave_max = 10;
inline constexpr std::chrono::milliseconds leave_wait_max{3600'000};

struct leave {
    unsigned requests = 0;              // that may be sent; 0: ask again
    std::chrono::milliseconds wait{0};  // before the first of them, or before the question
};

// Asks for leave of so many; nothing where no daemon gives any. May block for some seconds.
using leave_source = std::function<std::optional<leave>(unsigned wanted)>;

// What a command has leave for. Portions grow with what has been used, so that what a short command leaves unused, and
// nobody else can use, is little.
class leave_book {
   public:
    // Whether the daemon is to be asked before anything is sent: at first, when leave is used up, and from time to time
    // where none was given.
    bool must_ask(instant now) const { return left_ == 0 && now >= from_; }
    unsigned wanted() const;
    void note(std::optional<leave> const& answer, instant now);

    // Whether the daemon gives leave; where it does not, one's own budget must do.
    bool is_given() const { return given_; }
    // Uses leave for one request if there is any.
    bool take(instant now);
    // When leave can be used, or asked for.
    instant ready_at() const { return from_; }

   private:
    bool given_ = false;
    unsigned left_ = 0;
    unsigned used_ = 0;
    instant from_{};
};

}  // namespace bbstream::rest
