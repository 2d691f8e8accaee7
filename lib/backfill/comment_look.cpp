#include "backfill/comment_look.hpp"

#include "normalize/observation.hpp"

#include <algorithm>
#include <vector>

namespace bbstream::backfill {

namespace {

// Of one look: the next one goes on.
constexpr std::size_t listings_max = 500;
constexpr unsigned rounds_max = 2;
// Of one pull request; the newest come first.
constexpr std::uint64_t pages_max = 10;
constexpr unsigned not_found = 404;

}  // namespace

net::task<look_outcome> comment_look::run()
{
    auto const seen = co_await look();
    if (!seen)
        co_return outcome_;
    outcome_.differed = seen->pull_requests.discussions.size() > listings_max;
    if (bool const goes_on = co_await list_all(seen->pull_requests.discussions); goes_on)
        co_await settle_doubts();
    co_return outcome_;
}

// Webhooks may be on their way: what is still seen after a while is believed.
net::task<bool> comment_look::settle_doubts()
{
    for (unsigned round = 0; round < rounds_max; ++round) {
        auto const seen = co_await look();
        if (!seen)
            co_return false;
        auto doubted = seen->pull_requests.discussions;
        std::erase_if(doubted, [](auto const& each) { return !each.doubted; });
        if (doubted.empty())
            break;
        outcome_.differed = true;
        if (bool const waits = co_await wait_for_webhooks(); !waits)
            co_return false;
        if (bool const listed = co_await list_all(std::move(doubted)); !listed)
            co_return false;
    }
    co_return true;
}

net::task<bool> comment_look::list_all(std::vector<normalize::discussion_view> which)
{
    which.resize(std::min(which.size(), listings_max));
    for (auto const& each : which)
        if (bool const listed = co_await list(each.id); !listed)
            co_return false;
    co_return true;
}

net::task<bool> comment_look::list(std::uint64_t id)
{
    std::string target = with_.api.comments(of_, id);
    for (std::uint64_t page = 0;; ++page) {
        auto meta = begin_page(page);
        auto const answer = co_await ask(get(target));
        if (!answer)
            co_return false;
        bool const found = answer->ok();
        if (!found && answer->status != not_found)
            co_return refuse(refusal_of(*answer), "listing comments: " + status_text(*answer));
        result<std::optional<std::string>> next = std::optional<std::string>();
        if (found)
            next = with_.api.next_page(target, answer->body);
        if (!next)
            co_return refuse(refusal::later, "listing comments: " + next.error().message);
        meta.cut = *next && page + 1 == pages_max;
        meta.next = meta.cut ? std::nullopt : *next;
        answer_record record{journal::origin::poll, normalize::comments_key, pull_request_meta(of_, meta, id, found),
                             answer->body};
        bool const kept = co_await keep(std::move(record));
        if (!kept || !meta.next)
            co_return kept;
        target = *meta.next;
    }
}

}  // namespace bbstream::backfill
