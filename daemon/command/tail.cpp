#include "daemon/command/tail.hpp"

#include "config/load.hpp"
#include "daemon/command/complain.hpp"
#include "daemon/command/event_text.hpp"
#include "sink/line_follower.hpp"

#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <thread>

namespace bbstream::command {

namespace {

constexpr std::chrono::milliseconds look_again_after{200};

bool wants_color()
{
    return ::isatty(STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr;
}

}  // namespace

int run_tail(tail_options const& options)
{
    auto const config = config::load(options.config_path);
    if (!config)
        return complain(config.error().message);
    if (config->sink.kind != config::sink_kind::file)
        return complain("the sink of " + options.config_path +
                        " is Kafka, whose topics a Kafka consumer reads, such as kcat");

    sink::line_follower lines(config->sink.file_path);
    if (auto const placed = lines.seek_last(options.limit); !placed)
        return complain(placed.error().message);
    bool const colored = wants_color();
    for (;;) {
        auto const line = lines.next();
        if (!line)
            return complain(line.error().message);
        if (!*line) {
            if (!options.follow)
                return success;
            std::this_thread::sleep_for(look_again_after);
            continue;
        }
        if (print((options.json ? **line : event_text(**line, colored)) + '\n') != success)
            return failed;
    }
}

}  // namespace bbstream::command
