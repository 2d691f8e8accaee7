// The part of a look that fetches what webhooks have shown to be missing, change by change.
#include "backfill/reconciler.hpp"
#include "backfill/tries.hpp"
#include "normalize/observation.hpp"

#include <algorithm>

namespace bbstream::backfill {

net::task<bool> reconciler::fill_missing()
{
    auto const seen = co_await look();
    if (!seen)
        co_return false;
    for (auto const& each : seen->missing) {
        if (auto const wait = wait_before_try(each.tries, each.tried, with_.retry_after); wait.count() > 0) {
            outcome_.missing_in = std::min(outcome_.missing_in.value_or(wait), wait);
            continue;
        }
        bool const filled = co_await fill(each, *seen);
        filling_.clear();
        if (!filled)
            co_return false;
    }
    co_return true;
}

net::task<bool> reconciler::fill(normalize::missing_change const& what, view const& seen)
{
    filling_ = what.id;
    origin_ = origin_of(what.kind);
    cut_is_loss_ = true;
    bool listed = true;
    told_ = left_out(what, seen);
    commits_max_ = max_beyond(told_);
    for (auto& each : with_.api.commit_listings(known(seen), {what.head}, told_))
        listed = listed && co_await list(std::move(each));
    if (listed && listed_)
        co_return true;
    auto const outcome = outcome_name(outcome_.refused);
    if (!outcome.empty()) {
        if (outcome == "failed")
            outcome_.missing_in = pause_after(what.tries + 1u, with_.retry_after);
        auto const refused = outcome_;
        bool const noted = co_await note_outcome(outcome);
        if (noted)
            outcome_ = refused;
    }
    co_return listed;
}

net::task<bool> reconciler::note_outcome(std::string_view outcome)
{
    auto const meta = begin_page(0);
    answer_record record{journal::origin::enrichment, normalize::request_key, outcome_meta(of_, meta, outcome), "{}"};
    co_return co_await keep(std::move(record));
}

}  // namespace bbstream::backfill
