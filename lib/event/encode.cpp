#include "event/encode.hpp"

#include "event/attributes.hpp"
#include "event/cdevents/data.hpp"
#include "event/data_json.hpp"
#include "event/dead_letter.hpp"
#include "event/headers.hpp"
#include "event/json_writer.hpp"
#include "event/types.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

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

// Appends `data`, trimmed only as much as the limits ask for, and tells how much that was. `append` writes it.
template <class Append>
trim append_fitting_data(std::string& out, std::size_t value_begin, event const& what, Append append)
{
    std::size_t const before = out.size();
    trim how = trim::nothing;
    for (;;) {
        append(out, how);
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

// Kafka protocol binding 3.2 and 3.3: the attributes beside the structured value, or in its place.
void append_headers(batch& out, attributes const& from, std::string_view content_type, content_mode mode)
{
    bool const binary = mode == content_mode::binary;
    append_header(out.bytes(), "", "content-type",
                  binary ? content_type : "application/cloudevents+json; charset=UTF-8");
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

// How an event is written: what it is called, where it goes, and how.
struct form {
    event_name name;
    topic bound_for;
    content_mode mode;
};

dead_letter_note note_for(event const& what, form const& as)
{
    return {as.name.position, what.delivery->partition_key, as.bound_for, dead_stage::encode, {}, 0, {}};
}

// `append_data` appends the data, and gives whether the attributes must say where the rest lies, since it does not hold
// all of it.
template <class AppendData>
void append_value(std::string& out, event const& what, form const& as, encoding const& how, attributes& named,
                  AppendData append_data)
{
    std::size_t const begin = out.size();
    if (as.mode == content_mode::structured) {
        out += '{';
        for (auto const& each : named.list())
            append_attribute(out, each);
        out += ",\"data\":";
    }
    bool const lacks = append_data(out, begin);
    if (lacks)
        named.add_dataref(*what.delivery, how);
    if (as.mode == content_mode::structured) {
        if (lacks)
            append_attribute(out, named.list().back());
        out += '}';
    }
}

template <class AppendData>
void append_event(event const& what, form const& as, encoding const& how, micros recorded, batch& out,
                  AppendData append_data)
{
    auto note = note_for(what, as);
    attributes named(what, as.name, how, recorded);
    std::string& bytes = out.bytes();
    std::size_t const begin = bytes.size();
    out.begin(as.bound_for, as.name.position);
    bytes += note.key;
    out.end_key();
    append_value(bytes, what, as, how, named, append_data);
    out.end_value();
    if (how.headers)
        append_headers(out, named, as.name.content_type, as.mode);
    out.end_headers();
    note.bytes = bytes.size() - begin;
    if (note.bytes > record_bytes_max) {
        out.drop_last();
        note.error = "the event is too large, even with its identifiers only";
        append_dead_letter(out, note, how);
    }
}

// Who reads OpenTelemetry's spans need not know of CloudEvents.
void encode_spans(event const& what, encoding const& how, micros recorded, batch& out)
{
    auto const body = std::get<otlp_spans>(what.data).body;
    form const as{name_of(what), topic_of(what.type), how.headers ? content_mode::binary : content_mode::structured};
    append_event(what, as, how, recorded, out, [&](std::string& to, std::size_t) {
        if (how.headers)
            to += body;
        else
            append_on_one_line(to, body);
        return false;
    });
}

void encode_failed(event const& what, encoding const& how, batch& out)
{
    auto const& dead = std::get<dead_letter>(what.data);
    auto note = note_for(what, {name_of(what), topic_of(what.type), how.mode});
    note.stage = dead_stage::fold;
    note.error = dead.error;
    note.bytes = dead.body.size();
    note.content = dead.body;
    append_dead_letter(out, note, how);
}

void encode_cdevent(event const& of, cdevents::cdevent const& made, position at, encoding const& how, micros recorded,
                    batch& out)
{
    form const as{{cdevents::id_of(of.id, made.type), made.type, made.schema, made.subject_id, cdevents::content_type,
                   at, &of.id},
                  topic::cdevents,
                  how.mode};
    append_event(of, as, how, recorded, out, [&](std::string& to, std::size_t begin) {
        return append_fitting_data(to, begin, of, [&](std::string& data, trim trimmed) {
                   cdevents::append_data(data, of, made, trimmed, how.privacy);
               }) == trim::all_but_ids;
    });
}

struct projection {
    event const* of;
    cdevents::cdevent made;
    position at;
};

// The last index stands for those that `sequence` can't count.
constexpr std::uint32_t index_max = 999'999;

void encode_uncounted(event const& first, encoding const& how, batch& out)
{
    dead_letter_note note{{first.position.sequence, index_max},
                          first.delivery->partition_key,
                          topic::cdevents,
                          dead_stage::encode,
                          "the record holds more events than their sequence can count",
                          0,
                          {}};
    append_dead_letter(out, note, how);
}

}  // namespace

void encode(event const& what, encoding const& how, micros recorded, batch& out)
{
    if (!holds(how.topics, topic_of(what.type)))
        return;
    if (std::holds_alternative<dead_letter>(what.data)) {
        encode_failed(what, how, out);
        return;
    }
    if (std::holds_alternative<otlp_spans>(what.data)) {
        encode_spans(what, how, recorded, out);
        return;
    }
    append_event(what, {name_of(what), topic_of(what.type), how.mode}, how, recorded, out,
                 [&](std::string& to, std::size_t begin) {
                     auto const trimmed = append_fitting_data(to, begin, what, [&](std::string& data, trim each) {
                         append_data(data, what, each, how.privacy);
                     });
                     return trimmed == trim::all_but_ids || lacks_payload(what);
                 });
}

void encode_record(std::span<event const> events, encoding const& how, micros recorded, batch& out,
                   event_choice const& wanted)
{
    std::vector<projection> projections;
    event const* uncounted = nullptr;
    auto index = static_cast<std::uint32_t>(events.size());
    for (auto const& each : events) {
        bool const take = holds(how.topics, topic_of(each.type)) && (!wanted || wanted(each));
        if (take)
            encode(each, how, recorded, out);
        auto made = holds(how.topics, topic::cdevents) ? cdevents::project(each) : std::nullopt;
        if (!made)
            continue;
        if (take && index == index_max)
            uncounted = &each;
        else if (take)
            projections.push_back({&each, std::move(*made), {each.position.sequence, index}});
        index = std::min(index + 1, index_max);
    }
    for (auto const& each : projections)
        encode_cdevent(*each.of, each.made, each.at, how, recorded, out);
    if (uncounted)
        encode_uncounted(*uncounted, how, out);
}

}  // namespace bbstream::event
