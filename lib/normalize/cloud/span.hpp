// Spans of Bitbucket Pipelines, in OTLP's JSON (opentelemetry-proto, trace/v1), and the attributes that they may have.
#pragma once

#include "normalize/read.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

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
    step_result,  // the last one
};

struct attribute_value {
    std::size_t name = SIZE_MAX;  // which of its names it has, of which the lowest counts; none where it is not there
    event::text text;
    std::optional<std::uint64_t> number;
};

// A list of attributes, which may be long and is asked for each span of a resource: it is read once.
class attribute_values {
   public:
    explicit attribute_values(std::optional<array> const& list);

    attribute_value const& operator[](attribute what) const { return values_[static_cast<std::size_t>(what)]; }

   private:
    void take(object const& pair);

    std::array<attribute_value, static_cast<std::size_t>(attribute::step_result) + 1> values_;
};

// A span, and the attributes of the resource that it belongs to, which are those of all its spans and outlive it.
class span {
   public:
    span(object const& from, attribute_values const& of_resource);

    span_kind kind() const;
    // Nothing for an empty text.
    event::text text(attribute what) const;
    event::text uuid(attribute what, arena& memory) const;
    std::optional<std::uint64_t> number(attribute what) const;
    // Nanoseconds are cut to microseconds.
    std::optional<micros> started() const;
    std::optional<micros> finished() const;

   private:
    attribute_value const& find(attribute what) const;

    object from_;
    attribute_values own_;
    attribute_values const& shared_;
};

// The attributes of an element of resourceSpans.
attribute_values resource_attributes(object const& resource_spans);

// The repository that the spans of a delivery are of: the first that one of them names.
event::text repository_of_spans(object const& body, arena& memory);

// The name in the payload that an attribute is most often called by.
std::string_view name_of(attribute what);

}  // namespace bbstream::normalize::cloud
