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

attribute_values::attribute_values(std::optional<array> const& list)
{
    if (!list)
        return;
    for (element const each : *list)
        if (auto const pair = as_object(each))
            take(*pair);
}

// A value is {stringValue: "..."}, {intValue: "6"} and so on. Of several of one name the first counts.
void attribute_values::take(object const& pair)
{
    auto const key = text_member(pair, "key");
    auto const* const known = std::find_if(std::begin(attribute_names), std::end(attribute_names),
                                           [&](attribute_name const& each) { return key == each.name; });
    if (known == std::end(attribute_names))
        return;
    auto const name = static_cast<std::size_t>(known - std::begin(attribute_names));
    auto& into = values_[static_cast<std::size_t>(known->what)];
    auto const value = name < into.name ? object_member(pair, "value") : std::nullopt;
    if (!value)
        return;
    auto const number = number_member(*value, "intValue");
    into = {name, filled_member(*value, "stringValue"), number ? number : number_member(*value, "stringValue")};
}

span::span(object const& from, attribute_values const& of_resource)
    : from_(from), own_(array_member(from, "attributes")), shared_(of_resource)
{
}

span_kind span::kind() const
{
    auto const name = text_member(from_, "name");
    auto const* const found = std::find_if(std::begin(span_names), std::end(span_names),
                                           [&](span_name const& each) { return each.name == name; });
    return found == std::end(span_names) ? span_kind::other : found->kind;
}

// Its own goes before the resource's, but not before one by an earlier name.
attribute_value const& span::find(attribute what) const
{
    auto const& own = own_[what];
    auto const& shared = shared_[what];
    return shared.name < own.name ? shared : own;
}

event::text span::text(attribute what) const
{
    auto const& text = find(what).text;
    return text && text->size() <= id_bytes_max ? text : std::nullopt;
}

event::text span::uuid(attribute what, arena& memory) const
{
    auto const id = text(what);
    return id ? canonical_uuid(*id, memory) : std::nullopt;
}

std::optional<std::uint64_t> span::number(attribute what) const
{
    return find(what).number;
}

std::optional<micros> span::started() const
{
    return nanoseconds_member(from_, "startTimeUnixNano");
}

std::optional<micros> span::finished() const
{
    return nanoseconds_member(from_, "endTimeUnixNano");
}

attribute_values resource_attributes(object const& resource_spans)
{
    auto const resource = object_member(resource_spans, "resource");
    return attribute_values(resource ? array_member(*resource, "attributes") : std::nullopt);
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
