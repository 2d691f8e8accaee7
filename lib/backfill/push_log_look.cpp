#include "backfill/push_log_look.hpp"

#include "backfill/push_log_chain.hpp"
#include "normalize/observation.hpp"
#include "rest/target.hpp"

#include <algorithm>

namespace bbstream::backfill {

namespace {

// At a time; of those beyond one change is told each.
constexpr std::size_t refs_max = 20;
// Of one ref.
constexpr std::uint64_t pages_max = 10;
constexpr std::string_view page_limit = "100";

}  // namespace

net::task<look_outcome> push_log_look::run(std::vector<normalize::doubted_ref> refs)
{
    refs.resize(std::min(refs.size(), refs_max));
    for (auto& each : refs)
        if (bool const goes_on = co_await read(std::move(each)); !goes_on)
            break;
    co_return outcome_;
}

net::task<bool> push_log_look::read(normalize::doubted_ref ref)
{
    auto const name = ref.name;
    auto target =
        rest::target(of_.path + "/ref-change-activities").query("ref", name).query("limit", page_limit).text();
    auto const meta = begin_page(0);
    push_log_chain chain(std::move(ref), of_.id);
    for (std::uint64_t page = 0; page < pages_max && !chain.ended(); ++page) {
        auto const answer = co_await ask(get(target));
        if (!answer)
            co_return false;
        if (!answer->ok()) {
            // Data Center says 401 to someone whom it knows, too.
            auto const why = refusal_of(*answer);
            co_return refuse(why == refusal::unauthorized ? refusal::forbidden : why,
                             "reading the push log: " + status_text(*answer));
        }
        chain.take(answer->body);
        auto const next = with_.api.next_page(target, answer->body);
        if (!next)
            co_return true;
        if (!*next)
            break;
        target = **next;
    }
    co_return co_await keep_chain(chain.text(), meta, name);
}

net::task<bool> push_log_look::keep_chain(std::string text, page_meta meta, std::string ref)
{
    if (text.empty())
        co_return true;
    answer_record record{journal::origin::poll, normalize::push_log_key, push_log_meta(of_, meta, ref),
                         std::move(text)};
    co_return co_await keep(std::move(record));
}

}  // namespace bbstream::backfill
