#include "observe/log.hpp"

#include "observe/log_line.hpp"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <unistd.h>

#include <cstdlib>
#include <memory>

namespace bbstream::observe {

namespace {

spdlog::level::level_enum level_of(log_level level)
{
    switch (level) {
        case log_level::debug:
            return spdlog::level::debug;
        case log_level::info:
            return spdlog::level::info;
        case log_level::warn:
            return spdlog::level::warn;
        case log_level::error:
            return spdlog::level::err;
    }
    return spdlog::level::info;
}

std::unique_ptr<spdlog::pattern_formatter> formatter(log_format format)
{
    using spdlog::pattern_time_type;
    if (format == log_format::json)
        return std::make_unique<spdlog::pattern_formatter>("{\"ts\":\"%Y-%m-%dT%H:%M:%S.%fZ\",\"level\":\"%l\",%v}",
                                                           pattern_time_type::utc);
    return std::make_unique<spdlog::pattern_formatter>("%H:%M:%S.%e %^%-7l%$ %v", pattern_time_type::local);
}

struct log_output {
    log_format format;
    spdlog::logger logger;
};

std::unique_ptr<log_output> make_output(log_format format, log_level least)
{
    spdlog::sink_ptr to;
    if (format == log_format::json)
        to = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    else
        to = std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
    auto made = std::make_unique<log_output>(log_output{format, spdlog::logger("bbstream", std::move(to))});
    made->logger.set_formatter(formatter(format));
    made->logger.set_level(level_of(least));
    made->logger.flush_on(spdlog::level::debug);
    return made;
}

std::unique_ptr<log_output>& output()
{
    static std::unique_ptr<log_output> current = make_output(log_format::text, log_level::info);
    return current;
}

void write(log_level level, std::string_view message, fields with)
{
    auto& to = *output();
    auto const at = level_of(level);
    if (!to.logger.should_log(at))
        return;
    auto const line = to.format == log_format::json ? json_members(message, with) : text_line(message, with);
    to.logger.log(at, spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace

void start_log(log_format format, log_level least)
{
    output() = make_output(format, least);
}

log_format default_log_format()
{
    bool const in_unit = std::getenv("JOURNAL_STREAM") != nullptr || std::getenv("INVOCATION_ID") != nullptr;
    return in_unit && ::isatty(STDERR_FILENO) == 0 ? log_format::json : log_format::text;
}

void debug(std::string_view message, fields with)
{
    write(log_level::debug, message, with);
}

void info(std::string_view message, fields with)
{
    write(log_level::info, message, with);
}

void warn(std::string_view message, fields with)
{
    write(log_level::warn, message, with);
}

void error(std::string_view message, fields with)
{
    write(log_level::error, message, with);
}

}  // namespace bbstream::observe
