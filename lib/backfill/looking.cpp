#include "backfill/looking.hpp"

#include "rest/retry.hpp"

namespace bbstream::backfill {

namespace {

// While webhooks come first.
constexpr std::chrono::milliseconds pressed_pause{1'000};
constexpr unsigned not_found = 404;

}  // namespace

net::task<std::optional<looking::view>> looking::look()
{
    auto seen = co_await with_.questions.view(kept_, with_.instance.name, of_.id);
    if (!seen)
        refuse(refusal::stopped, "stopped");
    co_return seen;
}

repository looking::known(view const& seen) const
{
    auto of = of_;
    if (of.default_ref.empty())
        of.default_ref = seen.default_ref;
    return of;
}

net::task<bool> looking::wait_for_webhooks()
{
    if (bool const waits = co_await with_.until_stop.sleep(with_.grace); !waits)
        co_return refuse(refusal::stopped, "stopped");
    co_return true;
}

net::task<bool> looking::keep(answer_record what)
{
    auto const sequence = co_await with_.recorder.append(std::move(what));
    if (!sequence)
        co_return refuse(refusal::stopped, "stopped");
    kept_ = *sequence;
    co_return true;
}

net::task<std::optional<rest::response>> looking::ask(rest::request what)
{
    while (with_.must_wait()) {
        if (bool const goes_on = co_await with_.until_stop.sleep(pressed_pause); !goes_on) {
            refuse(refusal::stopped, "stopped");
            co_return std::nullopt;
        }
    }
    ++outcome_.requests;
    auto answer = co_await with_.client.send(std::move(what));
    if (!answer) {
        refuse(with_.until_stop.stopped() ? refusal::stopped : refusal_of(answer.error()), answer.error().message);
        co_return std::nullopt;
    }
    co_return std::move(*answer);
}

rest::request looking::get(std::string target) const
{
    rest::request what;
    what.target = std::move(target);
    what.urgency = rest::priority::backfill;
    return what;
}

page_meta looking::begin_page(std::uint64_t page) const
{
    page_meta meta;
    meta.asof = with_.recorder.last();
    meta.page = page;
    meta.grace_seconds = static_cast<std::uint64_t>(with_.grace.count());
    meta.fresh = fresh_;
    meta.first_commits = with_.first_commits > 0;
    return meta;
}

net::task<bool> looking::walk(page_walk what, state::walk from)
{
    std::string const listing = "listing " + std::string(what.what) + ": ";
    std::string target = from.pages > 0 ? from.next : what.first;
    for (std::uint64_t page = from.pages; page < what.pages_max; ++page) {
        auto meta = begin_page(page);
        auto const answer = co_await ask(get(target));
        if (!answer)
            co_return false;
        if (has_lost_place(*answer) && page > 0 && page == from.pages) {
            state::walk const anew;
            co_return co_await walk(std::move(what), anew);
        }
        if (!answer->ok())
            co_return refuse(refusal_of(*answer), listing + status_text(*answer));
        auto const next = what.read(target, answer->body);
        if (!next)
            co_return refuse(refusal::later, listing + next.error().message);
        meta.next = *next;
        meta.date = rest::parse_http_date(answer->header("date"));
        answer_record record{journal::origin::poll, what.key(target), refs_meta(of_, meta), answer->body};
        bool const kept = co_await keep(std::move(record));
        if (!kept || !meta.next)
            co_return kept;
        target = *meta.next;
    }
    co_return refuse(refusal::later, listing + "there is no end to it");
}

net::task<bool> looking::look_up(sought what)
{
    auto const page = begin_page(0);
    auto const answer = co_await ask(get(std::move(what.target)));
    if (!answer)
        co_return false;
    bool const found = answer->ok();
    if (!found && answer->status != not_found)
        co_return refuse(refusal_of(*answer), "looking up " + std::string(what.what) + ": " + status_text(*answer));
    answer_record record{journal::origin::poll, what.key, what.meta(page, found), answer->body};
    co_return co_await keep(std::move(record));
}

bool looking::refuse(refusal why, std::string message)
{
    outcome_.refused = why;
    outcome_.why = std::move(message);
    return false;
}

}  // namespace bbstream::backfill
