#include "backfill/reconciler.hpp"

#include "backfill/page.hpp"
#include "backfill/push_log_look.hpp"
#include "normalize/observation.hpp"
#include "normalize/sight.hpp"

#include <algorithm>

namespace bbstream::backfill {

namespace {

// More pages are no listing but a loop.
constexpr std::uint64_t pages_max = 10'000;
// Of one look; the rest are looked up by the next one.
constexpr std::size_t look_ups_max = 100;

// Where the chain is broken more may be lost; where much is missing a walk costs less.
bool needs_a_walk(normalize::reconcile_view const& seen)
{
    return seen.missing.size() >= state::unlisted_max ||
           std::ranges::any_of(seen.missing, [](auto const& each) { return each.kind == state::request_kind::chain; });
}

}  // namespace

// What a push has not listed completes it; what was not delivered stands for it.
journal::origin reconciler::origin_of(state::request_kind what)
{
    return what == state::request_kind::chain ? journal::origin::backfill : journal::origin::enrichment;
}

net::task<look_outcome> reconciler::run()
{
    auto const seen = co_await look();
    bool goes_on = seen.has_value();
    if (goes_on && seen->commits.pages > 0 && (seen->fills || !seen->include.empty()))
        goes_on = co_await resume_commits(*seen);
    if (goes_on && seen->baseline)
        goes_on = co_await fill_missing();
    outcome_.whole = goes_on && (whole_ || !seen->baseline || needs_a_walk(*seen));
    if (outcome_.whole)
        goes_on = co_await look_at_all();
    if (goes_on && !seen->baseline)
        co_await fill_missing();
    co_return outcome_;
}

net::task<bool> reconciler::look_at_all()
{
    auto seen = co_await look();
    bool goes_on = seen.has_value();
    if (goes_on)
        goes_on = co_await walk_refs(seen->refs);
    if (goes_on)
        goes_on = co_await settle_doubts();
    if (goes_on)
        seen = co_await look();
    if (!goes_on || !seen)
        co_return false;
    outcome_.delivered = seen->delivered;
    bool const listed = co_await list_commits(*seen);
    outcome_.only_commits = outcome_.refused == refusal::later;
    co_return listed;
}

// What another repository shows that has come to have the name must never be told as this one's.
net::task<bool> reconciler::is_still_the_same()
{
    if (!with_.api.goes_by_name())
        co_return true;
    auto const answer = co_await ask(get(of_.path));
    if (!answer)
        co_return false;
    if (!answer->ok())
        co_return refuse(refusal_of(*answer), "looking it up: " + status_text(*answer));
    auto const found = with_.api.read_repository(answer->body);
    if (!found)
        co_return refuse(refusal::later, "looking it up: " + found.error().message);
    if (found->id != of_.id)
        co_return refuse(refusal::absent, "another repository has its name now");
    co_return true;
}

// One listing after the other. A walk that was begun by other ones begins anew: they may lack what ours show.
net::task<bool> reconciler::walk_refs(state::walk from)
{
    if (bool const same = co_await is_still_the_same(); !same)
        co_return false;
    auto const listings = with_.api.ref_listings(of_);
    auto const holding = [&](std::string_view target) {
        return std::ranges::find_if(listings, [&](ref_listing const& each) { return each.holds(target); });
    };
    if (holding(from.next) == listings.end())
        from = {};
    page_walk refs{"refs", listings.front().first, pages_max, {}, {}};
    refs.key = [&](std::string const& target) { return holding(target)->key; };
    refs.read = [&](std::string const& target, std::string const& body) -> result<std::optional<std::string>> {
        auto next = with_.api.next_page(target, body);
        if (next && *next && holding(**next) == listings.end())
            return failure{failure_kind::invalid, "the next page is one of another listing"};
        auto const then = holding(target) + 1;
        if (next && !*next && then != listings.end())
            *next = then->first;
        return next;
    };
    co_return co_await walk(std::move(refs), from);
}

// Webhooks may be on their way: what is still seen after a while is believed.
net::task<bool> reconciler::settle_doubts()
{
    for (unsigned looks = 1; looks < normalize::looks_needed_backwards; ++looks) {
        auto seen = co_await look();
        if (!seen)
            co_return false;
        if (seen->doubts.empty())
            break;
        outcome_.differed = true;
        if (bool const waits = co_await wait_for_webhooks(); !waits)
            co_return false;
        if (bool const read = co_await read_push_log(); !read)
            co_return false;
        state::walk const anew;
        if (bool const walked = co_await walk_refs(anew); !walked)
            co_return false;
        if (bool const looked = co_await look_up_absent(); !looked)
            co_return false;
    }
    co_return true;
}

// What it tells is told before the walk that would believe the difference. Where it can't be read all goes on without
// it.
net::task<bool> reconciler::read_push_log()
{
    if (!push_log_ || logged_.refused)
        co_return true;
    auto const seen = co_await look();
    if (!seen)
        co_return false;
    push_log_look log(with_, of_, fresh_);
    auto const read = co_await log.run(seen->doubted);
    outcome_.requests += read.requests;
    kept_ = std::max(kept_, log.kept());
    logged_ = read;
    co_return read.refused != refusal::stopped || refuse(refusal::stopped, read.why);
}

// A list may lack what was moved while it was read: what is not in it is asked for by its name.
net::task<bool> reconciler::look_up_absent()
{
    auto const seen = co_await look();
    if (!seen)
        co_return false;
    std::size_t look_ups = 0;
    for (auto const& doubt : seen->doubts) {
        if (!doubt.seen.none() || ++look_ups > look_ups_max)
            continue;
        if (bool const looked = co_await look_up(doubt.name); !looked)
            co_return false;
    }
    co_return true;
}

net::task<bool> reconciler::look_up(std::string ref)
{
    auto const meta = begin_page(0);
    auto const answer = co_await ask(get(with_.api.one_ref(of_, ref)));
    if (!answer)
        co_return false;
    auto const found = with_.api.read_ref(*answer, ref);
    if (!found && answer->ok())  // it does not tell: the doubt stays, and all else goes on
        co_return true;
    if (!found)
        co_return refuse(refusal_of(*answer), "looking up " + ref + ": " + found.error().message);
    answer_record record{journal::origin::poll, normalize::ref_key, look_up_meta(of_, meta, ref, found->has_value()),
                         found->value_or(answer->body)};
    co_return co_await keep(std::move(record));
}

// Commits that fill a request say so.
page_meta reconciler::begin_page(std::uint64_t page) const
{
    auto meta = looking::begin_page(page);
    meta.request = filling_;
    return meta;
}

}  // namespace bbstream::backfill
