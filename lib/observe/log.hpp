// Structured log lines; the only door to spdlog. Text on a terminal, one JSON object a line under systemd.
// Never pass a secret, a signature, a body or a query string.
#pragma once

#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>

namespace bbstream::observe {

struct field {
    field(std::string_view key, std::string_view value) : key(key), value(value) {}
    field(std::string_view key, std::integral auto value) : key(key), value(std::to_string(value)) {}
    std::string_view key;
    std::string value;
};
using fields = std::initializer_list<field>;

enum class log_format { text, json };
enum class log_level { debug, info, warn, error };

// Before this is called, lines of level info and above go to stderr as text.
void start_log(log_format format, log_level least);
// Under systemd ($JOURNAL_STREAM is set, or stderr is no terminal and $INVOCATION_ID is set): json; else text.
log_format default_log_format();

void debug(std::string_view message, fields with = {});
void info(std::string_view message, fields with = {});
void warn(std::string_view message, fields with = {});
void error(std::string_view message, fields with = {});

}  // namespace bbstream::observe
