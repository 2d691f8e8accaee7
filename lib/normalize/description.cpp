#include "normalize/description.hpp"

#include "event/digest.hpp"
#include "normalize/differences.hpp"

#include <array>
#include <cstdint>

namespace bbstream::normalize {

namespace {

// A longer text is remembered by its digest.
constexpr std::size_t whole_bytes_max = 512;
constexpr std::size_t digest_bytes = 16;

template <class Value>
struct field {
    std::string_view name;  // as our model calls it; empty: no event tells of it
    Value description::*place;
};

constexpr std::array<field<event::text>, 9> texts{{{"name", &description::name},
                                                   {"slug", &description::slug},
                                                   {"fullName", &description::full_name},
                                                   {"description", &description::about},
                                                   {"website", &description::website},
                                                   {"language", &description::language},
                                                   {"projectId", &description::project_id},
                                                   {"ownerId", &description::owner_id},
                                                   {"", &description::project_key}}};
constexpr std::array<field<std::optional<bool>>, 2> truths{
    {{"private", &description::is_private}, {"archived", &description::archived}}};

constexpr char absent = '0';
constexpr char whole = '1';
constexpr char digest = '2';

void append(std::string& to, event::text const& value)
{
    if (!value) {
        to += absent;
        return;
    }
    if (value->size() > whole_bytes_max) {
        auto const of = event::sha1(*value);
        to += digest;
        to.append(reinterpret_cast<char const*>(of.data()), digest_bytes);
        return;
    }
    auto const size = static_cast<std::uint16_t>(value->size());
    to += whole;
    to += static_cast<char>(size & 0xff);
    to += static_cast<char>(size >> 8);
    to += *value;
}

// The bytes of the next field, its kind among them.
std::string_view take(std::string_view& from)
{
    std::size_t size = 0;
    if (!from.empty() && from[0] == whole && from.size() >= 3)
        size = 3 + (static_cast<unsigned char>(from[1]) | std::size_t{static_cast<unsigned char>(from[2])} << 8);
    else if (!from.empty())
        size = from[0] == digest ? 1 + digest_bytes : 1;
    auto const taken = from.substr(0, size);
    from.remove_prefix(taken.size());
    return taken;
}

event::text text_of(std::string_view field)
{
    return !field.empty() && field[0] == whole ? event::text(field.substr(3)) : std::nullopt;
}

std::string_view truth_text(std::optional<bool> value)
{
    return !value ? "0" : *value ? "t" : "f";
}

std::optional<bool> truth_of(std::string_view field)
{
    return field == "t" ? std::optional(true) : field == "f" ? std::optional(false) : std::nullopt;
}

std::string packed_text(event::text const& value)
{
    std::string bytes;
    append(bytes, value);
    return bytes;
}

event::field_change const* find(event::field_changes in, std::string_view name)
{
    for (auto const& each : in)
        if (!name.empty() && each.field == name)
            return &each;
    return nullptr;
}

event::text text_after(event::field_change const& of)
{
    auto const* text = std::get_if<std::string_view>(&of.after);
    return text ? event::text(*text) : std::nullopt;
}

std::optional<bool> truth_after(event::field_change const& of)
{
    auto const* truth = std::get_if<bool>(&of.after);
    return truth ? std::optional(*truth) : std::nullopt;
}

description describe_cloud(object const& repository, arena& memory)
{
    description of;
    of.name = text_member(repository, "name");
    of.full_name = filled_member(repository, "full_name");
    if (of.full_name && of.full_name->find('/') != std::string_view::npos)
        of.slug = of.full_name->substr(of.full_name->find('/') + 1);
    of.about = text_member(repository, "description");
    of.website = text_member(repository, "website");
    of.language = text_member(repository, "language");
    of.is_private = bool_member(repository, "is_private");
    if (auto const owner = object_member(repository, "owner"))
        of.owner_id = uuid_member(*owner, "uuid", memory);
    if (auto const project = object_member(repository, "project")) {
        of.project_id = uuid_member(*project, "uuid", memory);
        of.project_key = filled_member(*project, "key");
    }
    return of;
}

description describe_datacenter(object const& repository, arena& memory)
{
    description of;
    of.name = text_member(repository, "name");
    of.slug = filled_member(repository, "slug");
    of.about = filled_member(repository, "description");
    of.archived = bool_member(repository, "archived");
    if (auto const open = bool_member(repository, "public"))
        of.is_private = !*open;
    if (auto const project = object_member(repository, "project")) {
        of.project_id = id_member(*project, "id", memory);
        of.project_key = filled_member(*project, "key");
    }
    if (of.project_key && of.slug)
        of.full_name = memory.join({*of.project_key, "/", *of.slug});
    return of;
}

}  // namespace

description describe(product platform, object const& repository, arena& memory)
{
    return platform == product::cloud ? describe_cloud(repository, memory) : describe_datacenter(repository, memory);
}

std::string pack(description const& from)
{
    std::string bytes;
    for (auto const& each : texts)
        append(bytes, from.*each.place);
    for (auto const& each : truths)
        bytes += truth_text(from.*each.place);
    return bytes;
}

description unpack(std::string_view packed)
{
    description into;
    for (auto const& each : texts)
        into.*each.place = text_of(take(packed));
    for (auto const& each : truths)
        into.*each.place = truth_of(take(packed));
    return into;
}

event::field_changes changes_between(std::string_view packed, description const& now, arena& memory)
{
    auto const found = memory.array<event::field_change>(texts.size() + truths.size());
    std::size_t count = 0;
    for (auto const& each : texts) {
        auto const before = take(packed);
        if (!each.name.empty() && before != packed_text(now.*each.place))
            found[count++] = {each.name, as_field_value(text_of(before)), as_field_value(now.*each.place)};
    }
    for (auto const& each : truths) {
        auto const before = truth_of(take(packed));
        if (before != now.*each.place)
            found[count++] = {each.name, as_field_value(before), as_field_value(now.*each.place)};
    }
    return found.first(count);
}

// Field by field, as a long text that stays is known by its digest only. A project is told without its key.
std::string changed(std::string_view packed, event::field_changes by)
{
    std::string bytes;
    for (auto const& each : texts) {
        auto const before = take(packed);
        if (auto const* change = find(by, each.name))
            append(bytes, text_after(*change));
        else if (each.name.empty() && find(by, "projectId"))
            append(bytes, std::nullopt);
        else
            bytes += before;
    }
    for (auto const& each : truths) {
        auto const before = take(packed);
        if (auto const* change = find(by, each.name))
            bytes += truth_text(truth_after(*change));
        else
            bytes += before;
    }
    return bytes;
}

bool has_all(std::string_view packed, event::field_changes of)
{
    for (auto const& each : texts) {
        auto const before = take(packed);
        if (auto const* change = find(of, each.name); change && before != packed_text(text_after(*change)))
            return false;
    }
    for (auto const& each : truths) {
        auto const before = take(packed);
        if (auto const* change = find(of, each.name); change && before != truth_text(truth_after(*change)))
            return false;
    }
    return true;
}

}  // namespace bbstream::normalize
