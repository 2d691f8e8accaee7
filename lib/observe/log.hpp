// Structured log lines; the only door to spdlog. Text on a terminal, one JSON object a line under systemd.
// Never pass a secret, a signature, a body or a query string.
#pragma once

#include "base/log_level.hpp"

#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>

namespace bbstream::observe {

struct field {
    field(std::string_view key, std::string_view value) : key(key), value(value) {}
    field(std::string_view key, bool value) : key(key), value(value ? "true" : "false"), quoted(false) {}
    field(std::string_view key, char const* value) : field(key, std::string_view(value)) {}
    field(std::string_view key, std::integral auto value) : key(key), value(std::to_string(value)), quoted(false) {}
    std::string_view key;
    std::string value;
    bool quoted = true;  // in JSON
};
using fields = std::initializer_list<field>;

enum class log_format { text, json };

// Before this is called, lines of level info and above go to stderr as text. Call it before other threads log.
void start_log(log_format format, log_level least);
// Under systemd ($JOURNAL_STREAM or $INVOCATION_ID is set, and stderr is no terminal): json; else text.
log_format default_log_format();

void debug(std::string_view message, fields with = {});
void info(std::string_view message, fields with = {});
void warn(std::string_view message, fields with = {});
void error(std::string_view message, fields with = {});

}  // namespace bbstream::observe
