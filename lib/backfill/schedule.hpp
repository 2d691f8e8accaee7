// When each repository of an instance is looked at next. No clock of its own.
#pragma once

#include "backfill/repository.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::backfill {

using instant = std::chrono::steady_clock::time_point;

// How long a repository may wait that a former run has looked at to the end, at `looked_at` (seconds since 1970; 0:
// never). Where the product does not tell what has changed it is due at once, since nobody listened meanwhile.
std::chrono::milliseconds wait_after_start(repository const& of, std::uint32_t looked_at, bool tells_changes,
                                           std::chrono::milliseconds reconcile, micros now);

// So that not all is due at once for ever: up to a tenth more.
std::chrono::milliseconds jittered(std::chrono::milliseconds time);

class schedule {
   public:
    // The repositories that there are, and when each that is new to it is due: at once, or `due` as far as that goes.
    // Those that are gone are forgotten, if these are `complete`. What a repository is compared by (`whole`, `packed`)
    // is not kept.
    void replace(std::vector<repository> all, instant now, std::vector<instant> const& due = {}, bool complete = true);
    // Those that have changed since they were last listed are due at once; new ones are added.
    void update(std::vector<repository> changed, instant now);
    // Sooner than it would be; unknown ones are nothing.
    void hasten(std::string_view id, instant now);

    // Something in it is to be asked for then, if not sooner; when it is due as a whole stays as it is. False: it is
    // unknown.
    bool call(std::string_view id, instant now);
    // Whether all of it is due.
    bool is_due(std::string_view id, instant now) const;

    // The one that is due for longest, which then is being looked at; nothing while none is.
    std::optional<repository> take(instant now);
    // It was looked at, and is due again then; sooner if something came up meanwhile.
    void put_back(std::string_view id, instant due);
    // The same after a look that was a call's; `again`: when the next such look is wanted.
    void put_back_called(std::string_view id, std::optional<instant> again);

    std::optional<instant> next() const;
    // Since when one is due whose look has not ended, of all of them the longest; in the future while none is.
    std::optional<instant> longest_due() const;
    bool has(std::string_view id) const { return all_.contains(id); }
    // Those whose WORKSPACE/SLUG or PROJECT/SLUG the glob matches; empty: all.
    std::vector<repository> named(std::string_view glob) const;
    std::optional<repository> find(std::string_view id) const;
    std::size_t size() const { return all_.size(); }

   private:
    struct entry {
        repository what;
        instant due;
        std::optional<instant> called;
        instant place;  // in the order
        bool taken = false;
        instant taken_from;               // its place until then
        std::optional<instant> hastened;  // while it was taken
    };

    void put(repository one, instant now, instant due);
    void set_due(std::string const& id, entry& of, instant due);
    void settle(std::string const& id, entry& of);

    std::map<std::string, entry, std::less<>> all_;
    std::set<std::pair<instant, std::string>> order_;
    std::set<std::pair<instant, std::string>> taken_;
};

}  // namespace bbstream::backfill
