#include "daemon/command/bitbucket/log.hpp"

#include "daemon/command/bitbucket/errand.hpp"
#include "daemon/command/complain.hpp"
#include "daemon/command/terminal.hpp"
#include "rest/walk.hpp"

#include <algorithm>
#include <cstdio>

namespace bbstream::command {
namespace {

constexpr unsigned not_found = 404;
constexpr unsigned unauthorized = 401;
constexpr unsigned too_many_requests = 429;

// Ten times as many as Bitbucket lets a pipeline have.
constexpr std::size_t steps_max = 1'000;

struct step {
    std::string name;
    std::string id;
};

net::task<result<std::vector<step>>> steps_of(rest::client& over, rest::listing what)
{
    auto const shows = what.shows;
    std::vector<step> all;
    auto const add = [&](std::vector<rest::row> const& rows) {
        for (auto const& each : rows)
            all.push_back({rest::text_named(shows, each, "name"), rest::text_named(shows, each, "id")});
        return all.size() <= steps_max;
    };
    auto const listed = co_await rest::each_page(over, std::move(what), add);
    if (!listed)
        co_return listed.error();
    if (all.size() > steps_max)
        co_return failure{failure_kind::invalid, "the pipeline has more than " + std::to_string(steps_max) + " steps"};
    co_return all;
}

struct written {
    int code = success;
    bool over = false;  // the other steps' logs can't be had either
};

// A step that has not begun has no log, and that is no failure.
net::task<written> write_log(place& here, log_options const& options, step of)
{
    auto what = here.bitbucket.service->log(options.repository(), options.key, of.id);
    if (!what)
        co_return written{complain_of(what.error()), true};
    what->sink = [](std::string_view piece) {
        return std::fwrite(piece.data(), 1, piece.size(), stdout) == piece.size();
    };
    auto const answer = co_await here.bitbucket.client->send(*what);
    auto const name = "step " + harmless(of.name);
    if (answer && answer->status == not_found)
        co_return complain(name + " has no log"), written();
    // A full disk, or a reader that has seen enough, is what went wrong then.
    if ((answer && answer->ok()) || std::ferror(stdout) != 0)
        co_return written{print(""), std::ferror(stdout) != 0};
    auto const why = answer ? here.bitbucket.client->explained(*what, *answer) : answer.error();
    complain(name + ": its log can't be had: " + harmless(why.message));
    // Whom Bitbucket refuses, or tells to wait, it would only refuse once more.
    bool const over = answer && (answer->status == unauthorized || answer->status == too_many_requests);
    co_return written{failed, over};
}

net::task<int> log(place& here, log_options options)
{
    auto const listing = here.bitbucket.service->steps(options.repository(), options.key);
    if (!listing)
        co_return complain_of(listing.error());
    auto const steps = co_await steps_of(*here.bitbucket.client, *listing);
    if (!steps)
        co_return complain_of(steps.error());
    if (options.step > steps->size())
        co_return complain("the pipeline has " + std::to_string(steps->size()) + " steps");
    int code = success;
    for (std::size_t at = 0; at < steps->size(); ++at) {
        if (options.step != 0 && options.step != at + 1)
            continue;
        auto const [its_code, over] = co_await write_log(here, options, (*steps)[at]);
        code = std::max(code, its_code);
        if (over)
            break;
    }
    co_return code;
}

}  // namespace

int run_log(log_options const& options)
{
    return run_errand(options, rest::role::reader, [&](place& here) { return log(here, options); });
}

}  // namespace bbstream::command
