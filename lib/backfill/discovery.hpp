// What listings say of the repositories themselves: those that are new, otherwise than they are known, or not there any
// more are journaled, looked at again after a while, and journaled again. The fold says what it means.
#pragma once

#include "backfill/api.hpp"
#include "backfill/recorder.hpp"
#include "backfill/sleeper.hpp"
#include "normalize/repositories_view.hpp"
#include "observe/metrics.hpp"
#include "rest/client.hpp"

#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::backfill {

// What is not there must be so for so many times as long as any other difference: 10 minutes by default.
inline constexpr int absence_graces = 20;

// Whether so many are missing at once that it is no deletion but a mistake: of a credential, or of Bitbucket's.
bool is_alarming(std::size_t missing, std::size_t known);

struct listing {
    std::vector<repository> found;
    std::uint64_t asof = 0;             // the journal's sequence when it was asked for
    bool complete = false;              // it is of all that there are
    std::int64_t newest = 0;            // what is made later is news
    normalize::repositories_view seen;  // what the fold knows of them
};

// Of one thread; outlives its coroutines.
class discovery {
   public:
    discovery(config::instance const& of, api const& with, rest::client& client, recorder& recorder,
              sleeper& until_stop, std::chrono::seconds grace, observe::metrics& metrics);

    // Ends when all is settled, which is the grace later, or that for absence.
    net::task<void> take(listing what);

   private:
    net::task<void> look_again(repository of, std::int64_t newest);
    net::task<void> seek(std::vector<normalize::known_repository> missing, std::size_t known);
    net::task<bool> is_found(normalize::known_repository const& which);
    net::task<bool> others_are_seen(std::string_view but);
    net::task<std::optional<rest::response>> get(std::string target);
    net::task<bool> keep(repository const& of, std::uint64_t asof, bool fresh, bool found, std::string body,
                         std::chrono::seconds grace);
    bool is_wanted(normalize::known_repository const& which) const;

    config::instance const& instance_;
    api const& api_;
    rest::client& client_;
    recorder& recorder_;
    sleeper& until_stop_;
    std::chrono::seconds const grace_;
    observe::gauge missing_;
    std::set<std::string> in_doubt_;  // those that are being looked at again
    std::string seen_;                // the path of one that is there
    std::string seen_id_;
};

}  // namespace bbstream::backfill
