#include "event/cdevents/data.hpp"

#include "event/data_json.hpp"
#include "event/types.hpp"

namespace bbstream::event::cdevents {

namespace {

void write_context(json_writer& to, event const& of, cdevent const& as)
{
    std::string id;
    append_uuid(id, id_of(of.id, as.type));
    to.name<"context">();
    to.begin_object();
    to.text<"specversion">(specversion);
    to.text<"id">(id);
    to.text<"source">(of.delivery->source);
    to.text<"type">(as.type);
    to.time<"timestamp">(of.time);
    to.end_object();
}

void write_subject(json_writer& to, cdevent const& as)
{
    to.name<"subject">();
    to.begin_object();
    to.text<"id">(as.subject_id);
    to.name<"content">();
    to.out() += as.content;
    to.end_object();
}

void write_native(json_writer& to, event const& of, trim how, privacy const& rules)
{
    std::string id;
    append_uuid(id, of.id);
    to.name<"customData">();
    to.begin_object();
    to.text<"nativeId">(id);
    to.text<"nativeType">(type_of(of.type).cloudevents_type);
    auto const begin = to.out().size();
    bbstream::event::append_data(to.out(), of, how, rules);
    to.out()[begin] = ',';  // its own brace: the members go on
}

}  // namespace

void append_data(std::string& out, event const& of, cdevent const& as, trim how, privacy const& rules)
{
    json_writer to(out);
    to.begin_object();
    write_context(to, of, as);
    write_subject(to, as);
    write_native(to, of, how, rules);
    to.text<"customDataContentType">("application/json");
    to.end_object();
}

}  // namespace bbstream::event::cdevents
