#include "backfill/history_look.hpp"

#include "backfill/page.hpp"
#include "backfill/tries.hpp"
#include "normalize/observation.hpp"

#include <algorithm>

namespace bbstream::backfill {

namespace {

constexpr micros second = 1'000'000;
// Heads that are refused one after the other.
constexpr unsigned unknown_heads_max = 500;

bool has_one_head(commit_listing const& what)
{
    return std::ranges::all_of(what.heads, [&](auto const& each) { return each.hash == what.heads.front().hash; });
}

}  // namespace

net::task<look_outcome> history_look::run()
{
    bool goes_on = true;
    while (goes_on) {
        auto const seen = co_await look();
        if (!seen || seen->history.since == 0)
            break;
        older_.told = seen->history.found;
        older_.left = true;
        if (auto const wait = wait_before_try(seen->history.tries, seen->history.tried, with_.retry_after);
            wait.count() > 0) {
            outcome_.missing_in = wait;
            break;
        }
        // Without a baseline nobody knows the branches: the next look gives it.
        if (!seen->baseline || pages_ >= history_pages_a_look)
            break;
        goes_on = co_await go_on(*seen);
    }
    older_.requests = outcome_.requests;
    co_return outcome_;
}

// The next page, or the end; what is refused for good is an end, too.
net::task<bool> history_look::go_on(view const& seen)
{
    if (seen.history.shown >= history_commits_max) {
        older_.why = "there are more than " + std::to_string(history_commits_max) + " commits: the rest is not told";
        co_return co_await end("cut");
    }
    if (seen.history.commits.pages == 0)
        co_return co_await list(seen);
    auto const meta = begin_page(seen.history.commits.pages);
    auto const answer = co_await ask(get(seen.history.commits.next));
    if (!answer)
        co_return co_await give_up();
    if (has_lost_place(*answer))
        co_return co_await list(seen);
    if (!answer->ok()) {
        refuse(refusal_of(*answer), "listing older commits: " + status_text(*answer));
        co_return co_await give_up();
    }
    commit_listing const unknown;
    co_return co_await take(*answer, seen.history.commits.next, meta, unknown, seen);
}

// The default branch is listed alone and first: what the others share with it is then left out of theirs. Those that
// stand where another one did are listed with it.
std::vector<normalize::ref_hash> history_look::next_heads(view const& seen) const
{
    auto heads = seen.history.left;
    auto const& done = seen.history.done;
    std::erase_if(heads, [&](auto const& each) {
        return gone_.contains(each.ref) || std::ranges::find(done, each.hash, &normalize::ref_hash::hash) != done.end();
    });
    if (!done.empty() || heads.empty())
        return heads;
    auto const main = std::ranges::find(heads, known(seen).default_ref, &normalize::ref_hash::ref);
    return {main != heads.end() ? *main : heads.front()};
}

net::task<bool> history_look::list(view const& seen)
{
    auto listings = with_.api.commit_listings(known(seen), next_heads(seen), seen.history.done);
    if (listings.empty())
        co_return co_await end("done");
    auto what = std::move(listings.front());
    for (unsigned tries = 0; tries < unknown_heads_max && !what.heads.empty(); ++tries) {
        auto request = with_.api.commits(of_, what);
        request.urgency = rest::priority::backfill;
        auto const meta = begin_page(0);
        auto const answer = co_await ask(request);
        if (!answer)
            co_return co_await give_up();
        if (answer->ok())
            co_return co_await take(*answer, request.target, meta, what, seen);
        auto const unknown = with_.api.unknown_commits(*answer, what);
        for (auto const& each : what.heads)
            if (std::ranges::find(unknown, each.hash) != unknown.end())
                gone_.insert(each.ref);
        if (what.forget(unknown) == 0) {
            refuse(refusal_of(*answer), "listing older commits: " + status_text(*answer));
            co_return co_await give_up();
        }
    }
    co_return true;
}

// A listing of one head ends where a whole page is older; one of several is not in order of time.
net::task<bool> history_look::take(rest::response answer, std::string target, page_meta meta,
                                   commit_listing const& what, view const& seen)
{
    auto const next = with_.api.next_page(target, answer.body);
    if (!next) {
        refuse(refusal::later, "listing older commits: " + next.error().message);
        co_return co_await give_up();
    }
    ++pages_;
    auto const shown = seen.history.shown + page(answer.body).values()->size();
    bool const one = meta.page > 0 ? seen.history.one_head : has_one_head(what);
    bool const enough =
        shown >= history_commits_max || (one && with_.api.all_older(answer.body, seen.history.since * second));
    meta.next = enough ? std::nullopt : *next;
    answer_record record{journal::origin::backfill, normalize::older_commits_key,
                         commits_meta(of_, meta, what.heads, {}), std::move(answer.body)};
    co_return co_await keep(std::move(record));
}

// For now or, after enough tries, for good; the fold counts them.
net::task<bool> history_look::give_up()
{
    auto const outcome = outcome_name(outcome_.refused);
    if (outcome.empty())
        co_return false;
    auto const why = outcome_.why;
    bool const for_now = outcome == "failed";
    bool const noted = co_await end(outcome);
    if (!noted)
        co_return false;
    auto const seen = co_await look();
    if (!seen)
        co_return false;
    older_.why = why;
    older_.ended = seen->history.since == 0;
    older_.left = !older_.ended;
    if (for_now && older_.left)
        outcome_.missing_in = pause_after(seen->history.tries, with_.retry_after);
    outcome_.refused.reset();
    co_return false;
}

net::task<bool> history_look::end(std::string_view outcome)
{
    answer_record record{journal::origin::backfill, normalize::history_key, outcome_meta(of_, begin_page(0), outcome),
                         "{}"};
    bool const kept = co_await keep(std::move(record));
    if (kept) {
        older_.ended = true;
        older_.left = false;
    }
    co_return kept;
}

}  // namespace bbstream::backfill
