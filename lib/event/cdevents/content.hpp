// Parts of a CDEvent's subject that several families have.
#pragma once

#include "event/cdevents/cdevent.hpp"
#include "event/json_object.hpp"

#include <string>
#include <string_view>

namespace bbstream::event::cdevents {

// Whether a text may stand where the schemas ask for a URI (RFC 3986): a scheme, then only what may stand in one.
bool is_uri(std::string_view text);

// The first of them that is one; else the event's source, which is a URI if no address.
std::string_view uri_of(event const& what, std::initializer_list<text> candidates);

// Members are written only where they are known: the schemas have no null, and for most no empty text.
template <member_name Name>
void add(json_writer& to, text const& value)
{
    if (value && !value->empty())
        to.text<Name>(value);
}

template <member_name Name>
void add_uri(json_writer& to, text const& value)
{
    if (value && is_uri(*value))
        to.text<Name>(value);
}

// {"id":...,"source":...}: a subject of another event. Repositories are called by their ids.
template <member_name Name>
void add_reference(json_writer& to, std::string_view id, std::string_view source)
{
    to.name<Name>();
    to.begin_object();
    to.text<"id">(id);
    to.text<"source">(source);
    to.end_object();
}

// "repository", where there is one.
void add_repository(json_writer& to, event const& what);

}  // namespace bbstream::event::cdevents
