#include "backfill/polling.hpp"

#include "base/thread.hpp"
#include "observe/log.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <chrono>
#include <future>
#include <iterator>

namespace bbstream::backfill {

namespace {

// For the thread that polls, which never does one thing for long.
constexpr std::chrono::milliseconds answer_patience{2'000};

result<rest::session> open(net::executor on, config::instance const& with, config::state const& state)
{
    rest::session_options options;
    options.state = state;
    options.notice = [name = with.name](std::string const& line) { observe::info(line, {{"instance", name}}); };
    return rest::open_session(on, with, std::move(options));
}

}  // namespace

polling::polling(config::config const& configuration, journal::journal& journal, questions::ask_function const& ask,
                 std::function<pressure()> const& pressed, observe::metrics& metrics)
{
    for (auto const& instance : configuration.instances) {
        if (!instance.auth)
            continue;
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

template <class T>
result<T> polling::ask_thread(std::function<result<T>()> what)
{
    auto const answer = std::make_shared<std::promise<result<T>>>();
    auto coming = answer->get_future();
    boost::asio::post(io_, [answer, ask = std::move(what)] { answer->set_value(ask()); });
    if (coming.wait_for(answer_patience) != std::future_status::ready)
        return failure{failure_kind::unavailable, "the poller does not answer: try again"};
    return coming.get();
}

result<run_begun> polling::begin_run(run_wish wish)
{
    return ask_thread<run_begun>([this, what = std::move(wish)] { return begin_here(what); });
}

result<rest::leave> polling::lend(std::string instance, unsigned wanted)
{
    return ask_thread<rest::leave>([this, name = std::move(instance), wanted] { return lend_here(name, wanted); });
}

result<rest::leave> polling::lend_here(std::string const& instance, unsigned wanted)
{
    for (auto const& each : pollers_)
        if (each.instance == instance)
            return each.by->lend(wanted);
    return failure{failure_kind::invalid, "instance " + instance + " is not polled"};
}

result<run_begun> polling::begin_here(run_wish const& wish)
{
    run_begun begun;
    std::vector<run_target> targets;
    for (auto const& each : pollers_) {
        if (!wish.instance.empty() && each.instance != wish.instance)
            continue;
        if (!each.by->listed())
            return failure{failure_kind::unavailable,
                           "the repositories of instance " + each.instance + " are not listed yet: try again soon"};
        auto found = each.by->named(wish.repository);
        if (!found.empty() || wish.repository.empty())
            begun.forecasts.push_back(each.by->expect(found.size()));
        std::move(found.begin(), found.end(), std::back_inserter(targets));
    }
    if (begun.forecasts.empty() && !wish.repository.empty())
        return failure{failure_kind::invalid, "no repository " + wish.repository + " is polled"};
    if (begun.forecasts.empty())
        return failure{failure_kind::invalid, wish.instance.empty() ? "no instance is polled"
                                                                    : "instance " + wish.instance + " is not polled"};
    if (wish.dry_run)
        return begun;
    auto const id = runs_.begin(targets, std::chrono::steady_clock::now());
    if (!id)
        return failure{failure_kind::unavailable,
                       "as many runs are in progress as can be kept: " + std::to_string(runs::kept_max)};
    begun.id = *id;
    for (auto const& each : pollers_)
        each.by->look_soon(targets);
    return begun;
}

}  // namespace bbstream::backfill
