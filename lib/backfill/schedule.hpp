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

class schedule {
   public:
    // The repositories that there are. New ones are due at once; those that are gone are forgotten.
    void replace(std::vector<repository> all, instant now);
    // Those that have changed since they were last listed are due at once; new ones are added.
    void update(std::vector<repository> changed, instant now);
    // Sooner than it would be; unknown ones are nothing.
    void hasten(std::string_view id, instant now);

    // The one that is due for longest, which then is being looked at; nothing while none is.
    std::optional<repository> take(instant now);
    // It was looked at, and is due again then; sooner if something came up meanwhile.
    void put_back(std::string_view id, instant due);

    std::optional<instant> next() const;
    std::size_t size() const { return all_.size(); }
    micros newest_change() const { return newest_change_; }

   private:
    struct entry {
        repository what;
        instant due;
        bool taken = false;
        bool hastened = false;  // while it was taken
    };

    void put(repository one, instant now);
    void set_due(std::string const& id, entry& of, instant due);

    std::map<std::string, entry, std::less<>> all_;
    std::set<std::pair<instant, std::string>> order_;
    micros newest_change_ = 0;
};

}  // namespace bbstream::backfill
