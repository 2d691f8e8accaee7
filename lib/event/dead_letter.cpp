#include "event/dead_letter.hpp"

#include "base/hex.hpp"
#include "event/attributes.hpp"
#include "event/digest.hpp"
#include "event/headers.hpp"
#include "event/json_writer.hpp"

namespace bbstream::event {

namespace {

std::string_view name_of(dead_stage which)
{
    return which == dead_stage::fold ? "fold" : which == dead_stage::encode ? "encode" : "publish";
}

// Null where there is none, or where it is too large, which the escaping of it may make it.
void append_content(json_writer& to, std::string_view content)
{
    to.name<"content">();
    auto const begin = to.out().size();
    if (!content.empty() && content.size() <= payload_bytes_max)
        append_json_string(to.out(), content);
    if (to.out().size() == begin || to.out().size() - begin > payload_bytes_max) {
        to.out().resize(begin);
        to.out() += "null";
    }
}

void append_headers(batch& out, dead_letter_note const& note, std::string_view sequence)
{
    append_header(out.bytes(), "", "content-type", "application/json; charset=UTF-8");
    append_header(out.bytes(), "dlq_", "stage", name_of(note.stage));
    if (fits_header(note.error))
        append_header(out.bytes(), "dlq_", "error", note.error);
    else
        out.count_omitted_header();
    append_header(out.bytes(), "dlq_", "topic", topic_name(note.bound_for));
    append_header(out.bytes(), "dlq_", "sequence", sequence);
}

}  // namespace

void append_dead_letter(batch& out, dead_letter_note const& note, encoding const& how)
{
    std::string sequence;
    append_sequence(sequence, how.epoch, note.at);
    std::string const digest = to_hex(sha256(note.content));
    std::string dataref;
    append_dataref(dataref, how.journal, note.at.sequence);

    out.begin(topic::dlq, note.at);
    out.bytes() += note.key;
    out.end_key();
    json_writer to(out.bytes());
    to.begin_object();
    to.text<"stage">(name_of(note.stage));
    to.text<"error">(note.error);
    to.text<"topic">(topic_name(note.bound_for));
    to.text<"sequence">(sequence);
    if (how.origin)
        to.text<"bborigin">(origin_name(*how.origin));
    to.number<"bytes">(note.bytes);
    to.text<"sha256">(note.content.empty() ? text() : text(digest));
    to.text<"dataref">(dataref);
    append_content(to, note.content);
    to.end_object();
    out.end_value();
    if (how.headers)
        append_headers(out, note, sequence);
    out.end_headers();
}

}  // namespace bbstream::event
