#include "normalize/cloud/span.hpp"

#include "normalize/identity.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace bbstream::normalize::cloud {

namespace {

struct span_name {
    std::string_view name;
    span_kind kind;
};

// Captures and Atlassian's announcement call a step differently.
constexpr span_name span_names[] = {
    {"bbc.pipeline_run", span_kind::run}, {"bbc.pipeline_step", span_kind::step}, {"bbc.step", span_kind::step}};

struct attribute_name {
    attribute what;
    std::string_view name;
};

// Of several names of one attribute the first that is there counts.
constexpr attribute_name attribute_names[] = {
    {attribute::account, "pipeline.account.uuid"},
    {attribute::repository, "pipeline.repository.uuid"},
    {attribute::pipeline, "pipeline.uuid"},
    {attribute::pipeline_name, "pipeline.name"},
    {attribute::run, "pipeline_run.uuid"},
    {attribute::run_number, "pipeline_run.run_number"},
    {attribute::run_url, "pipeline_run.url"},
    {attribute::state, "pipeline.state.name"},
    {attribute::state, "pipeline_run.state.name"},
    {attribute::result, "pipeline.state.result.name"},
    {attribute::result, "pipeline_run.state.result.name"},
    {attribute::ref_name, "pipeline.target.ref_name"},
    {attribute::ref_type, "pipeline.target.ref_type"},
    {attribute::commit, "pipeline.target.commit.hash"},
    {attribute::commit, "commit.hash"},
    {attribute::trigger, "pipeline.trigger.name"},
    {attribute::step, "step.uuid"},
    {attribute::step, "pipeline_step.uuid"},
    {attribute::step_name, "step.name"},
    {attribute::step_name, "step.step_name"},
    {attribute::step_name, "pipeline_step.name"},
    {attribute::step_result, "step.state.result.name"},
    {attribute::step_result, "pipeline_step.state.result.name"},
};

// The value of an attribute: {stringValue: "..."}, {intValue: "6"} and so on.
std::optional<object> find_value(std::optional<array> const& attributes, std::string_view name)
{
    if (!attributes)
        return std::nullopt;
    for (element const each : *attributes) {
        auto const pair = as_object(each);
        if (pair && text_member(*pair, "key") == name)
            return object_member(*pair, "value");
    }
    return std::nullopt;
}

// A text in JSON as OTLP has it, since a number would lose digits; some write a number nevertheless. 0 is not set.
std::optional<micros> nanoseconds_member(object const& of, std::string_view name)
{
    auto const found = member(of, name);
    if (!found)
        return std::nullopt;
    std::uint64_t nanoseconds = 0;
    if (auto const text = as_text(*found)) {
        auto const [end, failed] = std::from_chars(text->data(), text->data() + text->size(), nanoseconds);
        if (failed != std::errc() || end != text->data() + text->size())
            return std::nullopt;
    } else if (found->get(nanoseconds) != simdjson::SUCCESS) {
        return std::nullopt;
    }
    return nanoseconds == 0 ? std::nullopt : std::optional(static_cast<micros>(nanoseconds / 1000));
}

// Calls `use` with each object of the list `name`, until it returns true.
template <class Use>
bool any_object(object const& of, std::string_view name, Use use)
{
    auto const list = array_member(of, name);
    return list && std::any_of(list->begin(), list->end(), [&](element const& each) {
               auto const found = as_object(each);
               return found && use(*found);
           });
}

}  // namespace

span::span(object const& from, std::optional<array> const& resource_attributes)
    : from_(from), own_(array_member(from, "attributes")), shared_(resource_attributes)
{
}

span_kind span::kind() const
{
    auto const name = text_member(from_, "name");
    auto const* const found = std::find_if(std::begin(span_names), std::end(span_names),
                                           [&](span_name const& each) { return each.name == name; });
    return found == std::end(span_names) ? span_kind::other : found->kind;
}

std::optional<object> span::find(attribute what) const
{
    for (auto const& each : attribute_names) {
        if (each.what != what)
            continue;
        auto value = find_value(own_, each.name);
        if (!value)
            value = find_value(shared_, each.name);
        if (value)
            return value;
    }
    return std::nullopt;
}

event::text span::text(attribute what) const
{
    auto const value = find(what);
    auto const text = value ? filled_member(*value, "stringValue") : std::nullopt;
    return text && text->size() <= id_bytes_max ? text : std::nullopt;
}

event::text span::uuid(attribute what, arena& memory) const
{
    auto const value = find(what);
    auto const id = value ? uuid_member(*value, "stringValue", memory) : std::nullopt;
    return id && id->size() <= id_bytes_max ? id : std::nullopt;
}

std::optional<std::uint64_t> span::number(attribute what) const
{
    auto const value = find(what);
    if (!value)
        return std::nullopt;
    auto const number = number_member(*value, "intValue");
    return number ? number : number_member(*value, "stringValue");
}

std::optional<micros> span::started() const
{
    return nanoseconds_member(from_, "startTimeUnixNano");
}

std::optional<micros> span::finished() const
{
    return nanoseconds_member(from_, "endTimeUnixNano");
}

std::optional<array> resource_attributes(object const& resource_spans)
{
    auto const resource = object_member(resource_spans, "resource");
    return resource ? array_member(*resource, "attributes") : std::nullopt;
}

event::text repository_of_spans(object const& body, arena& memory)
{
    event::text found;
    any_object(body, "resourceSpans", [&](object const& resource) {
        auto const shared = resource_attributes(resource);
        return any_object(resource, "scopeSpans", [&](object const& scope) {
            return any_object(scope, "spans", [&](object const& each) {
                found = span(each, shared).uuid(attribute::repository, memory);
                return found.has_value();
            });
        });
    });
    return found;
}

std::string_view name_of(attribute what)
{
    return std::find_if(std::begin(attribute_names), std::end(attribute_names),
                        [&](attribute_name const& each) { return each.what == what; })
        ->name;
}

}  // namespace bbstream::normalize::cloud
