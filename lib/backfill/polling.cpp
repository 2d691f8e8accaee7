#include "backfill/polling.hpp"

#include "base/thread.hpp"
#include "observe/log.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <chrono>
#include <iterator>

namespace bbstream::backfill {

namespace {

// For the thread that polls, which never does one thing for long, and the journal, which it may wait for.
constexpr std::chrono::milliseconds answer_patience{5'000};

result<rest::session> open(net::executor on, config::instance const& with, config::state const& state)
{
    rest::session_options options;
    options.state = state;
    options.notice = [name = with.name](std::string const& line) { observe::info(line, {{"instance", name}}); };
    return rest::open_session(on, with, std::move(options));
}

failure no_poller()
{
    return {failure_kind::invalid, "no instance is polled"};
}

failure no_answer()
{
    return {failure_kind::unavailable, "the poller does not answer: try again"};
}

}  // namespace

polling::polling(config::config const& configuration, journal::journal& journal, questions::ask_function const& ask,
                 std::function<pressure()> const& pressed, observe::metrics& metrics)
{
    for (auto const& instance : configuration.instances) {
        if (!configuration.backfill.enabled || !instance.auth) {
            unpolled_.push_back(std::make_unique<unpolled>(io_.get_executor(), instance, journal, ask, metrics));
            continue;
        }
        auto over = open(io_.get_executor(), instance, configuration.state);
        if (!over) {
            observe::error("not polled: what Bitbucket fails to deliver is not fetched",
                           {{"instance", instance.name}, {"why", over.error().message}});
            continue;
        }
        pollers_.push_back(
            {instance.name, std::make_unique<poller>(io_.get_executor(), instance, configuration.backfill, journal, ask,
                                                     pressed, std::move(*over), runs_, metrics)});
    }
}

polling::~polling()
{
    stop();
}

void polling::start()
{
    for (auto const& each : pollers_)
        each.by->start();
    for (auto const& each : unpolled_)
        each->start();
    thread_ = std::thread([this] {
        present_thread("polling", urgency::patient);
        io_.run();
    });
}

void polling::stop()
{
    if (!thread_.joinable())
        return;
    boost::asio::post(io_, [this] {
        for (auto const& each : pollers_)
            each.by->stop();
        for (auto const& each : unpolled_)
            each->stop();
    });
    thread_.join();
}

void polling::note_missing(std::string_view instance, std::string_view repository)
{
    if (std::ranges::none_of(pollers_, [&](auto const& each) { return each.instance == instance; }))
        return;  // without any, nobody would take it from the queue
    boost::asio::post(io_, [this, name = std::string(instance), which = std::string(repository)] {
        for (auto const& each : pollers_)
            if (each.instance == name)
                each.by->note_missing(which);
    });
}

result<run_begun> polling::begin_run(run_wish wish)
{
    if (pollers_.empty())
        return no_poller();
    auto const answer = std::make_shared<promised_run>();
    auto coming = answer->get_future();
    boost::asio::co_spawn(io_.get_executor(), answer_run(std::move(wish), answer), boost::asio::detached);
    if (coming.wait_for(answer_patience) != std::future_status::ready)
        return no_answer();
    return coming.get();
}

result<rest::leave> polling::lend(std::string instance, unsigned wanted)
{
    if (pollers_.empty())
        return no_poller();
    auto const answer = std::make_shared<std::promise<result<rest::leave>>>();
    auto coming = answer->get_future();
    boost::asio::post(
        io_, [this, answer, name = std::move(instance), wanted] { answer->set_value(lend_here(name, wanted)); });
    if (coming.wait_for(answer_patience) != std::future_status::ready)
        return no_answer();
    return coming.get();
}

result<rest::leave> polling::lend_here(std::string const& instance, unsigned wanted)
{
    for (auto const& each : pollers_)
        if (each.instance == instance)
            return each.by->lend(wanted);
    return failure{failure_kind::invalid, "instance " + instance + " is not polled"};
}

std::vector<stretch_report const*> polling::stretched() const
{
    std::vector<stretch_report const*> all;
    for (auto const& each : pollers_)
        all.push_back(&each.by->stretched());
    return all;
}

net::task<void> polling::answer_run(run_wish wish, std::shared_ptr<promised_run> to)
{
    auto begun = co_await begin_here(std::move(wish));
    to->set_value(std::move(begun));
}

result<polling::plan> polling::make_plan(run_wish const& wish) const
{
    plan made;
    auto& forecasts = made.begun.forecasts;
    for (auto const& each : pollers_) {
        if (!wish.instance.empty() && each.instance != wish.instance)
            continue;
        if (!each.by->listed()) {
            auto const why = each.by->refused();
            return failure{failure_kind::unavailable,
                           "the repositories of instance " + each.instance +
                               " are not listed yet: " + (why.empty() ? "try again soon" : why)};
        }
        auto found = each.by->named(wish.repository);
        if (!found.empty() || wish.repository.empty())
            forecasts.push_back(each.by->expect(found.size(), wish.since != 0));
        std::move(found.begin(), found.end(), std::back_inserter(made.targets));
    }
    if (forecasts.empty() && !wish.repository.empty())
        return failure{failure_kind::invalid, "no repository " + wish.repository + " is polled"};
    if (forecasts.empty())
        return failure{failure_kind::invalid, wish.instance.empty() ? "no instance is polled"
                                                                    : "instance " + wish.instance + " is not polled"};
    return made;
}

net::task<result<run_begun>> polling::begin_here(run_wish wish)
{
    auto made = make_plan(wish);
    if (!made)
        co_return made.error();
    if (wish.dry_run)
        co_return std::move(made->begun);
    failure const full{failure_kind::unavailable,
                       "as many runs are in progress as can be kept: " + std::to_string(runs::kept_max)};
    if (!runs_.has_room())
        co_return full;
    if (wish.since != 0) {
        bool const asked = co_await ask_for_history(made->targets, wish.since);
        if (!asked)
            co_return failure{failure_kind::unavailable, "the daemon stops"};
    }
    auto const id = runs_.begin(made->targets, std::chrono::steady_clock::now(), wish.since != 0);
    if (!id)
        co_return full;
    made->begun.id = *id;
    for (auto const& each : pollers_)
        each.by->look_soon(made->targets);
    co_return std::move(made->begun);
}

net::task<bool> polling::ask_for_history(std::vector<run_target> const& targets, micros since)
{
    for (auto const& each : pollers_)
        if (bool const asked = co_await each.by->ask_for_history(targets, since); !asked)
            co_return false;
    co_return true;
}

}  // namespace bbstream::backfill
