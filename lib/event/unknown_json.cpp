// unknown.received
#include "event/base64.hpp"
#include "event/data_writer.hpp"

namespace bbstream::event {

namespace {

std::string_view reason_name(unknown_reason which)
{
    return which == unknown_reason::unknown_key      ? "unknown_key"
           : which == unknown_reason::missing_fields ? "missing_fields"
                                                     : "type_mismatch";
}

void write_payload(data_writer& into, unknown_received const& what)
{
    auto& to = into.to();
    bool const absent = into.bare() || what.payload.empty();
    to.name<"payload">();
    to.out() += absent || !what.payload_is_json ? "null" : what.payload;
    to.name<"payloadBase64">();
    if (absent || what.payload_is_json) {
        to.out() += "null";
    } else {
        to.out() += '"';
        append_base64(to.out(), what.payload);
        to.out() += '"';
    }
    if (absent && what.payload_length > 0)
        into.cut("/payload");
}

}  // namespace

void write(data_writer& into, unknown_received const& what)
{
    auto& to = into.to();
    to.text<"eventKey">(into.of().delivery->event_key);
    to.text<"reason">(reason_name(what.reason));
    to.text<"detail">(what.detail);
    write_payload(into, what);
    to.number<"payloadLength">(what.payload_length);
    to.text<"bodySha256">(what.body_sha256);
}

}  // namespace bbstream::event
