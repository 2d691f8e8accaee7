// The part of the poller that finds out which repositories there are, and which of them have changed.
#include "backfill/poller.hpp"
#include "normalize/observation.hpp"

#include <algorithm>

namespace bbstream::backfill {

namespace {

using clock = std::chrono::steady_clock;

constexpr std::size_t repository_pages_max = 10'000;

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
    auto all = co_await list_repositories(0);
    if (!all)
        co_return;
    if (!listed_before_) {
        for (auto const& each : *all)
            newest_ = std::max(newest_, each.made);
        answer_record record{journal::origin::poll, normalize::inventory_key, inventory_meta(newest_), "{}"};
        auto const kept = co_await recorder_.append(std::move(record));
        listed_before_ = kept.has_value();
    }
    auto seen = co_await compare(*all, true);
    if (!seen)
        co_return;
    auto const now = clock::now();
    std::vector<instant> due;
    for (std::size_t at = 0; at < all->size(); ++at)
        due.push_back(now + jittered(wait_after_start((*all)[at], seen->looked_at[at], api_->tells_changes(),
                                                      how_.reconcile, now_micros())));
    discover({*all, asof, true, newest_, std::move(*seen)});
    schedule_.replace(std::move(*all), now, due);
    visits_.forget_absent([this](std::string const& id) { return schedule_.has(id); });
    asked_for_.forget_absent(instance_.name, [this](std::string_view id) { return schedule_.has(id); });
    repositories_.set(static_cast<double>(schedule_.size()));
    given_up_.clear();
    inventory_due_ = now + jittered(how_.inventory);
    changes_due_ = now + jittered(how_.interval);
    for (auto const& each : asked) {
        unlisted_.erase(each);
        if (schedule_.call(each, now))
            continue;
        given_up_.insert(each);
        co_await give_up(each);
    }
}

net::task<void> poller::ask_for_changes()
{
    auto const asof = recorder_.last();
    auto changed = co_await list_repositories(std::max<micros>(newest_change_ - change_overlap, 1));
    if (!changed)
        co_return;
    auto seen = co_await compare(*changed, false);
    if (!seen)
        co_return;
    discover({*changed, asof, false, newest_, std::move(*seen)});
    auto const now = clock::now();
    schedule_.update(std::move(*changed), now);
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

net::task<std::optional<std::vector<repository>>> poller::list_repositories(micros changed_since)
{
    std::vector<repository> all;
    auto const begun = now_micros();
    micros newest = 0;
    for (auto target : api_->repository_listings(changed_since)) {
        for (std::size_t page = 0; page < repository_pages_max && !target.empty(); ++page) {
            rest::request what;
            what.target = target;
            auto const answer = co_await over_.client->send(std::move(what));
            if (!answer || !answer->ok()) {
                back_off(answer ? refusal_of(*answer) : refusal_of(answer.error()),
                         "listing repositories: " + (answer ? status_text(*answer) : answer.error().message));
                co_return std::nullopt;
            }
            auto found = api_->read_repositories(answer->body);
            auto next = api_->next_page(target, answer->body);
            if (!found || !next) {
                back_off(refusal::later, found ? next.error().message : found.error().message);
                co_return std::nullopt;
            }
            newest = std::max(newest, found->newest_change);
            std::move(found->selected.begin(), found->selected.end(), std::back_inserter(all));
            target = next->value_or(std::string());
        }
    }
    // What changed while the list was read may have been on a page that was read before.
    newest_change_ = std::max(newest_change_, std::min(newest, begun));
    listings_.add();
    co_return all;
}

}  // namespace bbstream::backfill
