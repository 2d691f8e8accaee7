#include "backfill/status_look.hpp"

#include "normalize/observation.hpp"

#include <algorithm>

namespace bbstream::backfill {

namespace {

// Of one look, and of one commit: nobody has more.
constexpr std::size_t commits_max = 500;
constexpr std::uint64_t pages_max = 10;
constexpr unsigned not_found = 404;

std::string head_of(std::string_view ref, normalize::reconcile_view const& seen)
{
    for (auto const* heads : {&seen.include, &seen.exclude})
        if (auto const found = std::ranges::find(*heads, ref, &normalize::ref_hash::ref); found != heads->end())
            return found->hash;
    return {};
}

// Where nothing has told which branch is the default one, it is the one with the usual name.
std::string default_head(repository const& of, normalize::reconcile_view const& seen)
{
    if (!of.default_ref.empty())
        return head_of(of.default_ref, seen);
    for (auto const* usual : {"refs/heads/main", "refs/heads/master"})
        if (auto hash = head_of(usual, seen); !hash.empty())
            return hash;
    return {};
}

}  // namespace

net::task<look_outcome> status_look::run()
{
    auto const seen = co_await look();
    if (!seen)
        co_return outcome_;
    if (auto const head = default_head(known(*seen), *seen); !head.empty())
        commits_.insert(head);
    auto const count = std::min(commits_.size(), commits_max);
    std::size_t listed = 0;
    for (auto const& commit : commits_) {
        if (listed++ == count)
            break;
        if (bool const goes_on = co_await list(commit, listed == count); !goes_on)
            break;
    }
    co_return outcome_;
}

net::task<bool> status_look::list(std::string commit, bool last)
{
    std::string target = with_.api.statuses(of_, commit);
    for (std::uint64_t page = 0; page < pages_max; ++page) {
        auto meta = begin_page(page);
        auto const answer = co_await ask(get(target));
        if (!answer)
            co_return false;
        bool const gone = answer->status == not_found;  // pushed away, or of a fork
        if (gone && !last)
            co_return true;
        if (!answer->ok() && !gone)
            co_return refuse(refusal_of(*answer), "listing statuses: " + status_text(*answer));
        result<std::optional<std::string>> next = std::optional<std::string>();
        if (!gone)
            next = with_.api.next_page(target, answer->body);
        if (!next)
            co_return refuse(refusal::later, "listing statuses: " + next.error().message);
        meta.next = *next;
        bool const ends = last && all_ && (!meta.next || page + 1 == pages_max);
        answer_record record{journal::origin::poll, normalize::statuses_key, statuses_meta(of_, meta, commit, ends),
                             gone ? "{}" : answer->body};
        bool const kept = co_await keep(std::move(record));
        if (!kept || !meta.next)
            co_return kept;
        target = *meta.next;
    }
    co_return true;
}

}  // namespace bbstream::backfill
