#include "daemon/command/bitbucket/issue_change.hpp"

#include "daemon/command/bitbucket/outcome_output.hpp"

namespace bbstream::command {
namespace {

net::task<result<rest::outcome>> change(rest::tracker& in, issue_options const& options)
{
    switch (options.what) {
        case issue_step::create:
            return in.create(options.title, options.text);
        case issue_step::comment:
            return in.comment(options.key, options.text);
        case issue_step::transition:
            break;
    }
    return in.transition(options.key, options.to);
}

net::task<int> carry_out(std::unique_ptr<rest::tracker> in, issue_options const& options)
{
    auto const done = co_await change(*in, options);
    co_return write_outcome(done, options.json);
}

}  // namespace

int run_issue_change(issue_options const& options)
{
    auto const jira = [&](place& here) {
        auto const& with = *here.instance.jira;
        return carry_out(
            rest::make_jira_tracker(*here.bitbucket.client, here.bitbucket.api_path, with.site, with.project), options);
    };
    auto const own = [&](place& here) {
        return carry_out(
            rest::make_cloud_tracker(*here.bitbucket.client, here.bitbucket.api_path, options.repository()), options);
    };
    return run_issue_errand(options, rest::role::admin, jira, own);
}

}  // namespace bbstream::command
