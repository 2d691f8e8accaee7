// That a run of a pipeline or one of its steps has ended, which spans and REST tell: once, whichever comes first.
#pragma once

#include "normalize/mapping.hpp"

#include <optional>
#include <string_view>

namespace bbstream::normalize::cloud {

enum class ending : std::uint8_t { run, step };

struct pipeline_end {
    ending what = ending::run;
    std::string_view id;
    std::optional<std::uint64_t> run_number;
    std::optional<micros> at;
};

// Its event, or nothing if it was told before. `repository`: whose it is.
event::event* add_span_end(mapping& in, pipeline_end const& of, std::string_view repository);

// Whether it was told, by a span or since REST showed it.
bool is_told(mapping& in, pipeline_end const& of);
// The event of one that was not. A span of it that comes late is told already.
event::event& add_observed_end(mapping& in, pipeline_end const& of);

}  // namespace bbstream::normalize::cloud
