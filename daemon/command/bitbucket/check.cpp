#include "daemon/command/bitbucket/check.hpp"

#include "check/bitbucket.hpp"
#include "check/file_sink.hpp"
#include "check/issues.hpp"
#include "check/kafka.hpp"
#include "config/exposure.hpp"
#include "daemon/command/bitbucket/choice.hpp"
#include "daemon/command/bitbucket/daemon_leave.hpp"
#include "daemon/command/bitbucket/known_instances.hpp"
#include "daemon/command/complain.hpp"
#include "daemon/command/json_line.hpp"
#include "daemon/command/terminal.hpp"
#include "daemon/signals.hpp"
#include "daemon/sinks.hpp"
#include "observe/log.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <exception>

namespace bbstream::command {
namespace {

using check::grade;

void widen(std::string& text, std::size_t width)
{
    text.append(text.size() < width ? width - text.size() : 0, ' ');
}

std::string line_text(std::string const& of, check::line const& one)
{
    constexpr std::size_t of_width = 10;
    constexpr std::size_t what_width = 29;
    constexpr std::size_t grade_width = 38;
    auto text = of;
    widen(text, of_width);
    text += ' ' + one.what;
    widen(text, what_width);
    text += ' ' + std::string(check::grade_name(one.how));
    widen(text, grade_width);
    text += ' ' + harmless(one.said);
    if (!one.advice.empty())
        text += ": " + harmless(one.advice);
    return text + '\n';
}

std::string line_json(std::string const& of, check::line const& one)
{
    return json_line([&](event::json_writer& to) {
        to.text<"of">(of);
        to.text<"check">(one.what);
        to.text<"result">(one.how == grade::failed ? "fail" : check::grade_name(one.how));
        to.text<"said">(one.said);
        event::write_or_null<"advice">(to, one.advice);
    });
}

// Shows lines as they come.
class reporting {
   public:
    explicit reporting(bool json) : json_(json) {}

    void tell(std::string const& of, check::lines const& lines)
    {
        std::string text;
        for (auto const& each : lines) {
            text += json_ ? line_json(of, each) : line_text(of, each);
            code_ = each.how == grade::failed ? failed : code_;
        }
        if (print(text) != success)
            code_ = failed;
    }

    int code() const { return code_; }

   private:
    bool const json_;
    int code_ = success;
};

net::task<void> look_at(net::executor on, config::instance const& one, known_instances const& known,
                        check_options const& options, reporting& to)
{
    bool const polling = known.file && known.file->backfill.enabled;
    auto const state = known.state();
    auto const lender = leave_of_daemon(known.file, one.name);
    auto const notice = [](std::string const& line) { complain(harmless(line)); };
    check::bitbucket_options const how{polling, state, lender, notice};
    auto const tell = [&](check::line const& each) { to.tell(one.name, {each}); };
    co_await check::check_bitbucket(on, one, how, tell);
    check::issue_options issues{options.write, std::nullopt, state, lender, notice};
    if (auto const name = rest::parse_repository_name(options.repository))
        issues.repository = *name;
    auto const tracker = co_await check::check_issues(on, one, issues);
    to.tell(one.name, tracker);
}

void check_instance(config::instance const& one, known_instances const& known, check_options const& options,
                    reporting& to)
{
    boost::asio::io_context loop;
    std::exception_ptr thrown;
    boost::asio::co_spawn(loop, look_at(loop.get_executor(), one, known, options, to),
                          [&](std::exception_ptr why) { thrown = why; });
    loop.run();
    if (thrown)
        std::rethrow_exception(thrown);
}

// Only what is wrong: a line for each file.
void check_secrets(known_instances const& known, check_options const& options, reporting& to)
{
    auto files = known.file ? config::secret_files(*known.file) : config::secret_files(known.state());
    if (!options.instance.empty())
        files = config::secret_files(*choose_instance(known.all, options.instance).instance);
    for (auto const& each : config::exposures_of(files))
        to.tell("config", {{"secret", grade::warning, each.file.key + ": " + each.said, each.cure}});
}

void check_sink(config::config const& of, bool write, reporting& to)
{
    if (of.sink.kind == config::sink_kind::kafka)
        to.tell("sink", check::check_kafka(of.kafka, of.node, daemon::topics_for(of), write));
    else
        to.tell("sink", check::check_file_sink(of.sink));
}

}  // namespace

int run_check(check_options const& options)
{
    daemon::ignore_broken_pipes();
    // What matters stands in the lines.
    observe::start_log(observe::log_format::text, log_level::error);
    auto known = find_instances(options.config_path);
    if (!known)
        return complain(known.error().message);
    use_client_until_login(*known);
    auto const is_meant = [&](auto const& each) { return options.instance.empty() || each.name == options.instance; };
    if (std::none_of(known->all.begin(), known->all.end(), is_meant)) {
        complain("no instance is named " + options.instance);
        return misused;
    }
    reporting to(options.json);
    for (auto const& each : known->all)
        if (is_meant(each))
            check_instance(each, *known, options, to);
    check_secrets(*known, options, to);
    if (known->file && options.instance.empty())
        check_sink(*known->file, options.write, to);
    return to.code();
}

}  // namespace bbstream::command
