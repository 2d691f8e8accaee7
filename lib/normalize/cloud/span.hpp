// Spans of Bitbucket Pipelines, in OTLP's JSON (opentelemetry-proto, trace/v1), and the attributes that they may have.
#pragma once

#include "normalize/read.hpp"

namespace bbstream::normalize::cloud {

enum class span_kind { run, step, other };

// What attributes say; they are called by several names.
enum class attribute {
    account,
    repository,
    pipeline,
    pipeline_name,
    run,
    run_number,
    run_url,
    state,
    result,
    ref_name,
    ref_type,
    commit,
    trigger,
    step,
    step_name,
    step_result,
};

// A span, and the attributes of the resource that it belongs to, which are those of all its spans.
class span {
   public:
    span(object const& from, std::optional<array> const& resource_attributes);

    span_kind kind() const;
    // Nothing for an empty text.
    event::text text(attribute what) const;
    event::text uuid(attribute what, arena& memory) const;
    std::optional<std::uint64_t> number(attribute what) const;
    // Nanoseconds are cut to microseconds.
    std::optional<micros> started() const;
    std::optional<micros> finished() const;

   private:
    std::optional<object> find(attribute what) const;

    object from_;
    std::optional<array> own_;
    std::optional<array> shared_;
};

// The attributes of an element of resourceSpans.
std::optional<array> resource_attributes(object const& resource_spans);

// The repository that the spans of a delivery are of: the first that one of them names.
event::text repository_of_spans(object const& body, arena& memory);

// The name in the payload that an attribute is most often called by.
std::string_view name_of(attribute what);

}  // namespace bbstream::normalize::cloud
