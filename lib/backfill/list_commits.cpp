// The part of a look that lists the commits behind heads which are not all told.
#include "backfill/listed_commits.hpp"
#include "backfill/page.hpp"
#include "backfill/reconciler.hpp"
#include "normalize/observation.hpp"

#include <algorithm>

namespace bbstream::backfill {

namespace {

// More pages are no listing but a loop.
constexpr std::uint64_t pages_max = 10'000;
// Where no head is known that is still there a listing would be the whole history.
constexpr std::uint32_t unbounded_commits_max = 1'000;
// Heads that are refused one after the other.
constexpr unsigned unknown_heads_max = 500;
constexpr unsigned bad_request = 400;
constexpr unsigned too_many_requests = 429;
constexpr unsigned service_unavailable = 503;
// Where a listing leaves out one head only: questions who holds a commit, and further heads that are left out.
constexpr std::size_t questions_max = 8;
constexpr std::size_t nearer_heads_max = 8;

}  // namespace

// All of a repository that is new is news.
std::uint32_t reconciler::max_beyond(std::vector<normalize::ref_hash> const& known) const
{
    return fresh_ && known.empty() ? 0 : unbounded_commits_max;
}

net::task<bool> reconciler::list_commits(view const& seen)
{
    bool const at_first_sight = seen.exclude.empty() && !fresh_ && with_.first_commits > 0;
    commits_max_ = at_first_sight ? with_.first_commits : max_beyond(seen.exclude);
    cut_is_loss_ = !at_first_sight;
    origin_ = journal::origin::backfill;
    told_ = seen.exclude;
    for (auto& each : with_.api.commit_listings(known(seen), seen.include, told_))
        if (bool const listed = co_await list(std::move(each)); !listed)
            co_return false;
    co_return true;
}

// Heads that Bitbucket does not know any more, since they were pushed away, are left out. How many heads it takes is
// not documented: those that are refused without a reason may be too many.
net::task<bool> reconciler::list(commit_listing what)
{
    listed_ = false;
    for (unsigned tries = 0; tries < unknown_heads_max && !what.heads.empty(); ++tries) {
        auto first = co_await begin(what);
        if (!first)
            co_return false;
        if (first->answer.ok()) {
            if (bool const asked = co_await leave_out_others(what, *first); !asked)
                co_return false;
            listed_ = true;
            state::listing_end const end{0, what.exclude.empty() ? commits_max_ : 0, cut_is_loss_};
            co_return co_await take_commits(std::move(*first), what.heads, end);
        }
        if (what.forget(with_.api.unknown_commits(first->answer, what)) > 0)
            continue;
        if (first->answer.status != bad_request || what.heads.size() == 1)
            co_return refuse(refusal_of(first->answer), "listing commits: " + status_text(first->answer));
        auto second = what.halve();
        if (bool const first_listed = co_await list(std::move(what)); !first_listed)
            co_return false;
        co_return co_await list(std::move(second));
    }
    co_return true;
}

net::task<std::optional<reconciler::commit_page>> reconciler::begin(commit_listing const& what)
{
    auto request = with_.api.commits(of_, what);
    request.urgency = rest::priority::backfill;
    commit_page first{request.target, begin_page(0), {}};
    auto answer = co_await ask(std::move(request));
    if (!answer)
        co_return std::nullopt;
    first.answer = std::move(*answer);
    co_return first;
}

// Where a listing leaves out one head only, behind a head that was made elsewhere, or has taken in another branch, lies
// what that branch has told, or had when it was first seen. Data Center says which branches hold a commit. False: there
// was no answer, or a refusal that will pass.
net::task<bool> reconciler::leave_out_others(commit_listing what, commit_page& first)
{
    if (what.exclude.empty() || !with_.api.holders(of_, what.exclude.front()))
        co_return true;
    std::set<std::string> asked;
    std::vector<std::string> tried{what.exclude.front()};
    while (asked.size() < questions_max) {
        listed_commits const listed(first.answer.body);
        auto told = first.meta.told;
        listed.spread(told_, told);  // as the fold will
        if (what.goes_on && listed.continue_from(what.exclude.front(), told))
            break;
        auto begins = listed.beginnings(told);
        std::erase_if(begins, [&](auto const& each) { return asked.contains(each); });
        if (begins.empty())
            break;
        asked.insert(begins.front());
        auto const holders = co_await ask_holders(begins.front());
        if (!holders)
            co_return false;
        if (bool const left = co_await leave_out_holders(*holders, begins.front(), tried, what, first); !left)
            co_return false;
    }
    co_return true;
}

// One after the other until the commit that they hold is told.
net::task<bool> reconciler::leave_out_holders(std::string const& holders, std::string const& commit,
                                              std::vector<std::string>& tried, commit_listing& what, commit_page& first)
{
    auto head = nearer_head(told_, tried, holders);
    for (bool begins_anew = false; head && !begins_anew && tried.size() <= nearer_heads_max;) {
        tried.push_back(*head);
        auto const before = first.target;
        if (bool const left = co_await leave_out(*head, what, first); !left)
            co_return false;
        begins_anew = first.target != before;
        head = first.meta.told.contains(commit) ? std::nullopt : nearer_head(told_, tried, holders);
    }
    co_return true;
}

// The answer; an empty one where it won't say.
net::task<std::optional<std::string>> reconciler::ask_holders(std::string const& commit)
{
    auto const answer = co_await ask(get(*with_.api.holders(of_, commit)));
    if (!answer)
        co_return std::nullopt;
    if (answer->ok())
        co_return answer->body;
    if (!ends_listing(*answer))
        co_return std::string();
    refuse(refusal_of(*answer), "asking which branches hold a commit: " + status_text(*answer));
    co_return std::nullopt;
}

// By another listing: what it lacks is told. One that does not end with its first page says so of nothing; where
// neither does, the other one counts. False: as above.
net::task<bool> reconciler::leave_out(std::string head, commit_listing& what, commit_page& first)
{
    auto other = what;
    other.exclude.insert(other.exclude.begin(), std::move(head));
    other.goes_on = false;
    auto next = co_await begin(other);
    if (!next)
        co_return false;
    if (!next->answer.ok() && ends_listing(next->answer))
        co_return refuse(refusal_of(next->answer), "listing commits: " + status_text(next->answer));
    if (!next->answer.ok())
        co_return true;
    listed_commits const shown(first.answer.body);
    listed_commits const left(next->answer.body);
    if (!shown.are_all()) {
        first = std::move(*next);
        what = std::move(other);
    } else if (left.are_all()) {
        first.meta.told.merge(shown.lacked_by(left));
    }
    co_return true;
}

// Of a question without whose answer the listing stands as it is: whether it will be answered another time. The client
// has tried often enough what else may pass.
bool reconciler::ends_listing(rest::response const& answer) const
{
    bool const busy = answer.status == too_many_requests || answer.status == service_unavailable;
    return busy || refusal_of(answer) == refusal::unauthorized || with_.api.is_about_repository(answer);
}

// A listing that was interrupted goes on where it was. Where Bitbucket has forgotten the place it begins anew later.
net::task<bool> reconciler::resume_commits(view const& seen)
{
    auto const meta = begin_page(seen.commits.pages);
    auto const answer = co_await ask(get(seen.commits.next));
    if (!answer)
        co_return false;
    if (has_lost_place(*answer))
        co_return true;
    if (!answer->ok())
        co_return refuse(refusal_of(*answer), "listing commits: " + status_text(*answer));
    origin_ = seen.fills ? origin_of(*seen.fills) : journal::origin::backfill;
    std::vector<normalize::ref_hash> const heads;  // those that it began with are journaled
    // By its name: what is made by braces within a co_await GCC 12 destroys twice.
    commit_page page{seen.commits.next, meta, *answer};
    co_return co_await take_commits(std::move(page), heads, seen.commits_end);
}

// This page of a listing, and those behind it.
net::task<bool> reconciler::take_commits(commit_page one, std::vector<normalize::ref_hash> heads,
                                         state::listing_end end)
{
    for (;;) {
        auto& [target, meta, answer] = one;
        auto const next = with_.api.next_page(target, answer.body);
        if (!next)
            co_return refuse(refusal::later, "listing commits: " + next.error().message);
        end.shown += static_cast<std::uint32_t>(page(answer.body).values()->size());
        bool const enough = end.most > 0 && end.shown >= end.most;
        meta.next = enough ? std::nullopt : *next;
        meta.cut = enough && *next && end.is_loss;
        answer_record record{origin_, normalize::commits_key, commits_meta(of_, meta, heads, end),
                             std::move(answer.body)};
        bool const kept = co_await keep(std::move(record));
        if (!kept || !meta.next)
            co_return kept;
        target = *meta.next;
        meta = begin_page(meta.page + 1);
        if (meta.page >= pages_max)
            co_return refuse(refusal::later, "listing commits: there is no end to it");
        auto more = co_await ask(get(target));
        if (!more)
            co_return false;
        if (!more->ok())
            co_return refuse(has_lost_place(*more) ? refusal::later : refusal_of(*more),
                             "listing commits: " + status_text(*more));
        answer = std::move(*more);
    }
}

}  // namespace bbstream::backfill
