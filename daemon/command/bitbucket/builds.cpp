#include "daemon/command/bitbucket/builds.hpp"

#include "daemon/command/bitbucket/outcome_output.hpp"

#include <algorithm>
#include <cctype>

namespace bbstream::command {

int run_status_set(status_options const& options)
{
    rest::build_status status{options.key, options.state, options.url, options.name, options.description, options.ref};
    std::transform(status.state.begin(), status.state.end(), status.state.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return run_change(options,
                      [&](rest::actions& on) { return on.set_status(options.repository(), options.commit, status); });
}

int run_pipeline_run(run_options const& options)
{
    rest::pipeline_run what{options.branch, options.pattern, {}};
    for (auto const& each : options.variables) {
        auto const equals = each.find('=');
        what.variables.emplace_back(each.substr(0, equals), each.substr(equals + 1));
    }
    return run_change(options, [&](rest::actions& on) { return on.run_pipeline(options.repository(), what); });
}

int run_pipeline_stop(stop_options const& options)
{
    return run_change(options, [&](rest::actions& on) { return on.stop_pipeline(options.repository(), options.key); });
}

}  // namespace bbstream::command
