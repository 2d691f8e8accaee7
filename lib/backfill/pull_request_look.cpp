#include "backfill/pull_request_look.hpp"

#include "normalize/observation.hpp"
#include "rest/target.hpp"

namespace bbstream::backfill {

namespace {

// More pages are no listing but a loop.
constexpr std::uint64_t pages_max = 10'000;
// Of one look: the next one goes on.
constexpr std::size_t look_ups_max = 200;
constexpr unsigned rounds_max = 2;

bool lists_open(std::string_view target)
{
    return rest::parameter(target, "state") == "OPEN";
}

}  // namespace

net::task<look_outcome> pull_request_look::run()
{
    auto const seen = co_await look();
    bool goes_on = seen.has_value();
    if (goes_on)
        goes_on = co_await walk_through(seen->pull_requests);
    if (goes_on)
        co_await settle_doubts();
    co_return outcome_;
}

// Open ones and changed ones, in one listing or one after the other. A walk that was begun the other way goes on as it
// was begun: either way it comes to all of them.
net::task<bool> pull_request_look::walk_through(normalize::pull_requests_view known)
{
    has_all_heads_ = known.pages.pages == 0;
    page_walk all{"pull requests", with_.api.first_pull_requests(of_, known), pages_max, {}, {}};
    all.key = [](std::string const&) { return normalize::pull_requests_key; };
    all.read = [&](std::string const& target, std::string const& body) {
        auto next = with_.api.next_page(target, body);
        if (next)
            for (auto& head : with_.api.open_heads(body))
                open_heads_.insert(std::move(head));
        if (next && lists_open(target)) {
            if (!*next)
                *next = with_.api.changed_pull_requests(of_, known);
        } else if (next && with_.api.ends_changed(body, known)) {
            next->reset();
        }
        return next;
    };
    co_return co_await walk(std::move(all), known.pages);
}

// Webhooks may be on their way: what is still seen after a while is believed.
net::task<bool> pull_request_look::settle_doubts()
{
    for (unsigned round = 0; round < rounds_max; ++round) {
        auto const seen = co_await look();
        if (!seen)
            co_return false;
        auto doubts = seen->pull_requests.doubts;
        if (doubts.empty())
            break;
        outcome_.differed = true;
        if (bool const waits = co_await wait_for_webhooks(); !waits)
            co_return false;
        doubts.resize(std::min(doubts.size(), look_ups_max));
        for (auto const id : doubts)
            if (bool const looked = co_await look_up_one(id); !looked)
                co_return false;
    }
    co_return true;
}

net::task<bool> pull_request_look::look_up_one(std::uint64_t id)
{
    sought one{"a pull request", with_.api.one_pull_request(of_, id), normalize::pull_request_key, {}};
    one.meta = [this, id](page_meta const& page, bool found) { return pull_request_meta(of_, page, id, found); };
    co_return co_await look_up(std::move(one));
}

}  // namespace bbstream::backfill
