#include "event/dead_letter.hpp"

#include "event/attributes.hpp"
#include "event/json_writer.hpp"

namespace bbstream::event {

void append_dead_letter(batch& out, dead_letter_note const& note, encoding const& how)
{
    std::string sequence;
    append_sequence(sequence, how.epoch, note.at);
    std::string dataref;
    append_dataref(dataref, how.journal, note.at.sequence);

    out.begin(topic::dlq, note.at);
    out.bytes() += note.key;
    out.end_key();
    json_writer to(out.bytes());
    to.begin_object();
    to.text<"error">(note.error);
    to.text<"topic">(topic_name(note.bound_for));
    to.text<"sequence">(sequence);
    to.number<"bytes">(note.bytes);
    to.text<"dataref">(dataref);
    to.end_object();
    out.end_value();
    out.end_headers();
}

}  // namespace bbstream::event
