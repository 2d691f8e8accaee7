#include "event/attributes.hpp"

#include "base/hex.hpp"
#include "event/digest.hpp"
#include "event/types.hpp"

#include <cassert>

namespace bbstream::event {

namespace {

constexpr std::size_t scratch_bytes = 640;

std::string_view basis_name(time_basis which)
{
    return which == time_basis::payload ? "payload" : which == time_basis::rest ? "rest" : "received";
}

// CloudEvents authcontext extension: the kinds of its `authtype`.
std::string_view auth_type(std::string_view actor_kind)
{
    if (actor_kind == "user" || actor_kind == "system")
        return actor_kind;
    return actor_kind == "app" || actor_kind == "service" ? "service_account" : "unknown";
}

// A trace begun for a record that came without one: the first 16 and the next 8 bytes of sha256(the journal's
// identity, the sequence as 8 bytes, big-endian), not sampled.
void append_own_trace(std::string& out, journal::identity const& journal, std::uint64_t sequence)
{
    char name[journal::identity().size() + 8];
    std::copy(journal.begin(), journal.end(), name);
    for (std::size_t at = 0; at < 8; ++at)
        name[journal.size() + at] = static_cast<char>(sequence >> (8 * (7 - at)));
    auto const digest = sha256({name, sizeof name});
    out.append("00-").append(to_hex(std::span(digest).first(16)));
    out.append("-").append(to_hex(std::span(digest).subspan(16, 8))).append("-00");
}

}  // namespace

std::string_view origin_name(journal::origin which)
{
    switch (which) {
        case journal::origin::webhook:
            return "webhook";
        case journal::origin::backfill:
            return "backfill";
        case journal::origin::poll:
            return "poll";
        case journal::origin::enrichment:
            return "enrichment";
        case journal::origin::replay:
            return "replay";
        case journal::origin::synthetic:
            break;
    }
    return "synthetic";
}

event_name name_of(event const& what)
{
    auto const& type = type_of(what.type);
    return {what.id, type.cloudevents_type, type.schema, what.subject, "application/json", what.position, what.cause};
}

attributes::attributes(event const& of, event_name const& as, encoding const& how, micros recorded)
{
    scratch_.reserve(scratch_bytes);
    add_identity(of, as);
    add_times_and_order(as, how, recorded);
    add_author(of.delivery->actor);
    add_delivery(of, how);
    add_trace(*of.delivery, how);
}

void attributes::add(std::string_view name, std::string_view value, attribute_kind kind)
{
    assert(size_ < count_max);
    list_[size_++] = {name, value, kind};
}

void attributes::add_if_filled(std::string_view name, std::string_view value)
{
    if (!value.empty())
        add_text(name, value);
}

template <class Append>
std::string_view attributes::scratch(Append append)
{
    std::size_t const before = scratch_.size();
    append(scratch_);
    assert(scratch_.size() <= scratch_bytes);
    return std::string_view(scratch_).substr(before);
}

void attributes::add_identity(event const& of, event_name const& as)
{
    add("specversion", "1.0");
    add("id", scratch([&](std::string& out) { append_uuid(out, as.id); }));
    add_text("source", of.delivery->source);
    add("type", as.type);
    add_text("subject", as.subject);
    add("time", scratch([&](std::string& out) { append_rfc3339(out, of.time); }));
    add("datacontenttype", as.content_type);
    if (!as.schema.empty())
        add("dataschema", as.schema);
    add_text("partitionkey", of.delivery->partition_key);
}

void attributes::add_times_and_order(event_name const& as, encoding const& how, micros recorded)
{
    auto const sequence = scratch([&](std::string& out) { append_sequence(out, how.epoch, as.position); });
    add("sequence", sequence);
    add("recordedtime", scratch([&](std::string& out) { append_rfc3339(out, recorded); }));
    add("correlationid", sequence.substr(0, sequence.rfind('.')));
    if (as.cause)
        add("causationid", scratch([&](std::string& out) { append_uuid(out, *as.cause); }));
}

void attributes::add_author(actor const* who)
{
    if (!who)
        return;
    add("authtype", auth_type(who->kind));
    if (who->auth_id)
        add_text("authid", *who->auth_id);
}

void attributes::add_delivery(event const& of, encoding const& how)
{
    auto const& from = *of.delivery;
    add("bbproduct", product_name(from.product));
    add_text("bbinstance", from.instance);
    add("bborigin", origin_name(how.origin.value_or(from.origin)));
    add_text("bbeventkey", from.event_key);
    add_if_filled("bbdeliveryid", from.delivery_id);
    if (from.attempt)
        add("bbattempt", scratch([&](std::string& out) { out += std::to_string(*from.attempt); }),
            attribute_kind::number);
    add("bbreceivedtime", scratch([&](std::string& out) { append_rfc3339(out, from.received); }));
    add("bbtimebasis", basis_name(of.basis));
}

void attributes::add_trace(delivery const& from, encoding const& how)
{
    traceparent_ = from.traceparent;
    if (traceparent_.empty() && from.shared) {
        if (from.shared->traceparent.empty())
            append_own_trace(from.shared->traceparent, how.journal, from.sequence);
        traceparent_ = from.shared->traceparent;
    } else if (traceparent_.empty()) {
        traceparent_ = scratch([&](std::string& out) { append_own_trace(out, how.journal, from.sequence); });
    }
    add_text("traceparent", traceparent_);  // it may be the sender's
    add_if_filled("tracestate", from.tracestate);
}

void attributes::add_dataref(delivery const& from, encoding const& how)
{
    add("dataref", scratch([&](std::string& out) { append_dataref(out, how.journal, from.sequence); }));
}

void append_dataref(std::string& out, journal::identity const& journal, std::uint64_t sequence)
{
    out.append("bbstream:journal/").append(to_hex(journal)).append("/").append(std::to_string(sequence));
}

}  // namespace bbstream::event
