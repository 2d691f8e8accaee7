#include "daemon/command/serve.hpp"

#include "config/exposure.hpp"
#include "config/load.hpp"
#include "daemon/application.hpp"
#include "daemon/command/complain.hpp"
#include "observe/log.hpp"

#include <utility>

namespace bbstream::daemon {

namespace {

void warn_of_open_secrets(config::config const& of)
{
    for (auto const& each : config::exposures_of(config::secret_files(of)))
        observe::warn("a secret lies open to others",
                      {{"key", each.file.key}, {"why", each.said}, {"cure", each.cure}});
}

}  // namespace

int run_serve(serve_options const& options)
{
    auto loaded = config::load(options.config_path);
    if (!loaded)
        return command::complain(loaded.error().message);
    observe::start_log(observe::default_log_format(), loaded->log.level);
    warn_of_open_secrets(*loaded);
    application daemon(std::move(*loaded), options.take_over);
    auto done = daemon.start();
    if (done)
        done = daemon.run();
    if (!done) {
        observe::error(done.error().message);
        return 1;
    }
    return 0;
}

}  // namespace bbstream::daemon
