// The part of the poller that finds out which repositories there are, and which of them have changed.
#include "backfill/poller.hpp"
#include "normalize/observation.hpp"
#include "observe/log.hpp"
#include "rest/retry.hpp"

#include <algorithm>

namespace bbstream::backfill {

namespace {

using clock = std::chrono::steady_clock;

constexpr std::size_t repository_pages_max = 10'000;
// Nothing goes on without a listing, so one that is refused is asked for again soon.
constexpr std::chrono::minutes refused_listing_pause{10};

std::vector<normalize::listed_repository> shown(std::vector<repository> const& found)
{
    std::vector<normalize::listed_repository> all;
    all.reserve(found.size());
    for (auto const& each : found)
        all.push_back({each.id, each.packed});
    return all;
}

}  // namespace

net::task<void> poller::take_inventory()
{
    auto const asof = recorder_.last();
    std::set<std::string> const asked = unlisted_;  // what is made from now on need not be among them
    auto found = co_await list_repositories(0);
    if (!found)
        co_return;
    if (!listed_before_)
        listed_before_ = co_await note_first_inventory(found->newest_made);
    auto& all = found->selected;
    auto seen = co_await compare(all, found->complete());
    if (!seen)
        co_return;
    auto const now = clock::now();
    std::vector<instant> due;
    for (std::size_t at = 0; at < all.size(); ++at)
        due.push_back(now + jittered(wait_after_start(all[at], seen->looked_at[at], api_->tells_changes(),
                                                      how_.reconcile, now_micros())));
    discover({all, asof, found->complete(), newest_, std::move(*seen)});
    schedule_.replace(std::move(all), now, due, found->complete());
    visits_.forget_absent([this](std::string const& id) { return schedule_.has(id); });
    asked_for_.forget_absent(instance_.name, [this](std::string_view id) { return schedule_.has(id); });
    repositories_.set(static_cast<double>(schedule_.size()));
    std::erase_if(given_up_, [this](std::string const& id) { return schedule_.has(id); });
    inventory_due_ = now + jittered(how_.inventory);
    changes_due_ = now + jittered(how_.interval);
    for (auto const& each : asked) {
        bool const is_there = schedule_.call(each, now);
        if (!is_there && !found->complete())
            continue;
        unlisted_.erase(each);
        if (is_there)
            continue;
        given_up_.insert(each);
        co_await give_up(each);
    }
}

// What is made after it is news, whoever can see it later. Where nothing at all is seen, and times say nothing, the
// next one is the first.
net::task<bool> poller::note_first_inventory(std::int64_t newest_made)
{
    if (newest_made == 0)
        co_return false;
    newest_ = newest_made;
    answer_record record{journal::origin::poll, normalize::inventory_key, inventory_meta(newest_), "{}"};
    auto const kept = co_await recorder_.append(std::move(record));
    co_return kept.has_value();
}

net::task<void> poller::ask_for_changes()
{
    auto const asof = recorder_.last();
    auto found = co_await list_repositories(std::max<micros>(newest_change_ - change_overlap, 1));
    if (!found)
        co_return;
    auto seen = co_await compare(found->selected, false);
    if (!seen)
        co_return;
    discover({found->selected, asof, false, newest_, std::move(*seen)});
    auto const now = clock::now();
    schedule_.update(std::move(found->selected), now);
    repositories_.set(static_cast<double>(schedule_.size()));
    changes_due_ = now + jittered(how_.interval);
}

net::task<std::optional<normalize::repositories_view>> poller::compare(std::vector<repository> const& found,
                                                                       bool complete)
{
    co_return co_await questions_.compare(recorder_.last(), instance_.name, shown(found), complete);
}

// Beside the looks, since it waits.
void poller::discover(listing what)
{
    spawn(discovery_.take(std::move(what)));
}

// Nothing: the instance can't be asked just now.
net::task<std::optional<listed_repositories>> poller::list_repositories(micros changed_since)
{
    listed_repositories all;
    auto const begun = now_micros();
    auto const listings = api_->repository_listings(changed_since);
    for (auto const& target : listings) {
        bool const goes_on = co_await list_by(target, all);
        if (!goes_on)
            co_return std::nullopt;
    }
    if (all.refused.size() == listings.size()) {
        back_off(refusal::forbidden, "listing repositories: " + all.refused.front(), refused_listing_pause);
        co_return std::nullopt;
    }
    for (auto const& each : all.refused)
        observe::warn("a part of the repositories can't be listed; the others are looked at",
                      {{"instance", instance_.name}, {"why", each}});
    // What changed while the list was read may have been on a page that was read before.
    newest_change_ = std::max(newest_change_, std::min(all.newest_change, begun));
    listings_.add();
    co_return all;
}

// The pages of one listing; that it is refused says nothing of others (a project may be gone). False: the instance
// can't be asked.
net::task<bool> poller::list_by(std::string target, listed_repositories& all)
{
    for (std::size_t page = 0; page < repository_pages_max && !target.empty(); ++page) {
        rest::request what;
        what.target = target;
        auto const answer = co_await over_.client->send(std::move(what));
        auto const refused = !answer ? refusal_of(answer.error()) : refusal_of(*answer);
        if (answer && !answer->ok() && concerns_resource(refused)) {
            all.refused.push_back(status_text(*answer) + " (" + target.substr(0, target.find('?')) + ")");
            co_return true;
        }
        if (!answer || !answer->ok()) {
            back_off(refused, "listing repositories: " + (answer ? status_text(*answer) : answer.error().message));
            co_return false;
        }
        auto found = api_->read_repositories(answer->body);
        auto next = api_->next_page(target, answer->body);
        if (!found || !next) {
            back_off(refusal::later, found ? next.error().message : found.error().message);
            co_return false;
        }
        if (auto const date = rest::parse_http_date(answer->header("date")); date && page == 0)
            all.newest_made = std::max(all.newest_made, api_->made_until(*date));
        all.newest_made = std::max(all.newest_made, found->newest_made);
        all.newest_change = std::max(all.newest_change, found->newest_change);
        std::move(found->selected.begin(), found->selected.end(), std::back_inserter(all.selected));
        target = next->value_or(std::string());
    }
    co_return true;
}

}  // namespace bbstream::backfill
