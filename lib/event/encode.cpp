#include "event/encode.hpp"

#include "event/attributes.hpp"
#include "event/data_json.hpp"
#include "event/dead_letter.hpp"
#include "event/headers.hpp"
#include "event/json_writer.hpp"
#include "event/types.hpp"

#include <algorithm>
#include <cstddef>

namespace bbstream::event {

namespace {

void append_attribute(std::string& out, attribute const& what)
{
    out.append(out.back() == '{' ? "\"" : ",\"").append(what.name).append("\":");
    if (what.kind == attribute_kind::text)
        append_json_string(out, what.value);
    else if (what.kind == attribute_kind::number)
        out += what.value;
    else
        out.append(1, '"').append(what.value).append(1, '"');
}

// Appends `data`, trimmed only as much as the limits ask for, and tells how much that was.
trim append_fitting_data(std::string& out, std::size_t value_begin, event const& what, privacy const& rules)
{
    std::size_t const before = out.size();
    trim how = trim::nothing;
    for (;;) {
        append_data(out, what, how, rules);
        std::size_t const size = out.size() - value_begin;
        trim const next = trim_more(what, how);
        bool const fits = size <= value_bytes_soft || (next == trim::all_but_ids && size <= value_bytes_max);
        if (fits || next == how)
            return how;
        out.resize(before);
        how = next;
    }
}

// Control characters stand between the values of JSON only, where spaces mean the same.
void append_on_one_line(std::string& out, std::string_view json)
{
    std::size_t const begin = out.size();
    out += json;
    std::replace_if(
        out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
}

// Who reads OpenTelemetry's spans need not know of CloudEvents.
content_mode mode_of(event const& what, encoding const& how)
{
    bool const foreign = std::holds_alternative<otlp_spans>(what.data);
    return foreign && how.headers ? content_mode::binary : how.mode;
}

// Kafka protocol binding 3.2 and 3.3: the attributes beside the structured value, or in its place.
void append_headers(batch& out, attributes const& from, content_mode mode)
{
    bool const binary = mode == content_mode::binary;
    append_header(out.bytes(), "", "content-type",
                  binary ? "application/json" : "application/cloudevents+json; charset=UTF-8");
    for (auto const& each : from.list()) {
        if (binary && each.name == "datacontenttype")
            continue;  // it is the content-type
        bool const fits = binary ? is_printable(each.value) : fits_header(each.value);
        if (each.kind != attribute_kind::text || fits)
            append_header(out.bytes(), "ce_", each.name, each.value);
        else
            out.count_omitted_header();
    }
    append_header(out.bytes(), "", "traceparent", from.traceparent());
}

// Whether the attributes must say where the rest lies, since the data does not hold all of it.
bool append_checked_data(std::string& out, std::size_t value_begin, event const& what, encoding const& how,
                         attributes& named)
{
    if (auto const* spans = std::get_if<otlp_spans>(&what.data)) {
        if (mode_of(what, how) == content_mode::binary)
            out += spans->body;
        else
            append_on_one_line(out, spans->body);
        return false;
    }
    bool const trimmed = append_fitting_data(out, value_begin, what, how.privacy) == trim::all_but_ids;
    if (!trimmed && !lacks_payload(what))
        return false;
    named.add_dataref(*what.delivery, how);
    return true;
}

void append_value(std::string& out, event const& what, encoding const& how, attributes& named)
{
    std::size_t const begin = out.size();
    if (mode_of(what, how) == content_mode::binary) {
        append_checked_data(out, begin, what, how, named);
        return;
    }
    out += '{';
    for (auto const& each : named.list())
        append_attribute(out, each);
    out += ",\"data\":";
    if (append_checked_data(out, begin, what, how, named))
        append_attribute(out, named.list().back());
    out += '}';
}

}  // namespace

void encode(event const& what, encoding const& how, micros recorded, batch& out)
{
    if (!holds(how.topics, topic_of(what.type)))
        return;
    dead_letter_note note{
        what.position, what.delivery->partition_key, topic_of(what.type), dead_stage::encode, {}, 0, {}};
    if (auto const* dead = std::get_if<dead_letter>(&what.data)) {
        note.stage = dead_stage::fold;
        note.error = dead->error;
        note.bytes = dead->body.size();
        note.content = dead->body;
        append_dead_letter(out, note, how);
        return;
    }
    attributes named(what, how, recorded);
    std::string& bytes = out.bytes();
    std::size_t const begin = bytes.size();
    out.begin(note.bound_for, what.position);
    bytes += note.key;
    out.end_key();
    append_value(bytes, what, how, named);
    out.end_value();
    if (how.headers)
        append_headers(out, named, mode_of(what, how));
    out.end_headers();
    note.bytes = bytes.size() - begin;
    if (note.bytes > record_bytes_max) {
        out.drop_last();
        note.error = "the event is too large, even with its identifiers only";
        append_dead_letter(out, note, how);
    }
}

}  // namespace bbstream::event
