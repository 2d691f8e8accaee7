#include "backfill/unpolled.hpp"

#include "backfill/meta.hpp"
#include "normalize/observation.hpp"

#include <boost/asio/co_spawn.hpp>

namespace bbstream::backfill {

unpolled::unpolled(net::executor on, config::instance const& of, journal::journal& journal, questions::ask_function ask,
                   observe::metrics& metrics)
    : on_(on),
      instance_(of),
      until_stop_(on),
      questions_(on, std::move(ask)),
      recorder_(on, journal, of, until_stop_, metrics)
{
}

// What fails beyond all that is foreseen ends the thread, and with it the process: nobody else would notice.
void unpolled::start()
{
    boost::asio::co_spawn(on_, run(), [](std::exception_ptr const& why) {
        if (why)
            std::rethrow_exception(why);
    });
}

void unpolled::stop()
{
    until_stop_.stop();
    questions_.stop();
}

net::task<void> unpolled::run()
{
    auto const missing = co_await questions_.with_missing(recorder_.last(), instance_.name);
    if (!missing)
        co_return;
    for (auto const& each : *missing)
        if (bool const goes_on = co_await release(each); !goes_on)
            co_return;
}

net::task<bool> unpolled::release(std::string repository_id)
{
    auto const seen = co_await questions_.view(recorder_.last(), instance_.name, repository_id);
    if (!seen)
        co_return false;
    repository of;
    of.described = described_by_id(instance_.platform, repository_id);
    for (auto const& each : seen->missing) {
        if (!each.withholds)
            continue;
        page_meta meta;
        meta.asof = recorder_.last();
        meta.request = each.id;
        answer_record record{journal::origin::enrichment, normalize::request_key,
                             outcome_meta(of, meta, normalize::unpolled_outcome), "{}"};
        if (auto const kept = co_await recorder_.append(std::move(record)); !kept)
            co_return false;
    }
    co_return true;
}

}  // namespace bbstream::backfill
