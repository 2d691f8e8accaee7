#include "backfill/polling.hpp"

#include "base/thread.hpp"
#include "observe/log.hpp"

#include <boost/asio/post.hpp>

namespace bbstream::backfill {

namespace {

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
                                                     pressed, std::move(*over), metrics)});
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
    boost::asio::post(io_, [this, name = std::string(instance), which = std::string(repository)] {
        for (auto const& each : pollers_)
            if (each.instance == name)
                each.by->note_missing(which);
    });
}

}  // namespace bbstream::backfill
