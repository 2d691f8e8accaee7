#include "daemon/command/bitbucket/known_instances.hpp"

#include "config/load.hpp"
#include "daemon/command/lines.hpp"
#include "rest/environment.hpp"

#include <unistd.h>

namespace bbstream::command {

result<known_instances> find_instances(std::string const& config_path)
{
    bool const is_absent = ::access(config_path.c_str(), F_OK) != 0;
    if (is_absent && config_path == default_config_path) {
        auto from_environment = rest::instance_from_environment();
        if (!from_environment)
            return from_environment.error();
        if (*from_environment)
            return known_instances{{std::move(**from_environment)}, std::nullopt};
        return failure{failure_kind::invalid, "there is neither " + config_path +
                                                  " nor a credential in the environment (BITBUCKET_USERNAME with "
                                                  "BITBUCKET_API_TOKEN, or BITBUCKET_URL with BITBUCKET_TOKEN)"};
    }
    auto config = config::load(config_path);
    if (!config)
        return config.error();
    auto all = config->instances;
    return known_instances{std::move(all), std::move(*config)};
}

}  // namespace bbstream::command
