#include "backfill/looking.hpp"

namespace bbstream::backfill {

namespace {

// While webhooks come first.
constexpr std::chrono::milliseconds pressed_pause{1'000};

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
        // What no other request of the instance would fare better with: its credential, certificate or proxy is
        // refused.
        auto const why = answer.error().kind == failure_kind::permanent ? refusal::unauthorized : refusal::later;
        refuse(with_.until_stop.stopped() ? refusal::stopped : why, answer.error().message);
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

bool looking::refuse(refusal why, std::string message)
{
    outcome_.refused = why;
    outcome_.why = std::move(message);
    return false;
}

}  // namespace bbstream::backfill
