#include "backfill/description.hpp"

#include "event/json_writer.hpp"
#include "normalize/description.hpp"

#include <algorithm>

namespace bbstream::backfill {

namespace {

// The meta of a record holds 64 KiB, and this goes into each.
constexpr std::size_t described_bytes_max = 16 * 1024;

}  // namespace

void describe(repository& of, product platform, normalize::object const& fields, normalize::arena& memory)
{
    of.packed = normalize::pack(normalize::describe(platform, fields, memory));
    of.described = of.whole.size() <= described_bytes_max ? of.whole : bare_description(platform, of.id, of.full_name);
}

std::string bare_description(product platform, std::string_view id, std::string_view full_name)
{
    std::string text;
    event::json_writer to(text);
    auto const slash = std::min(full_name.find('/'), full_name.size());
    to.begin_object();
    if (platform == product::cloud) {
        to.text<"uuid">("{" + std::string(id) + "}");
        to.text<"full_name">(full_name);
    } else {
        to.text<"id">(id);
        to.text<"slug">(full_name.substr(std::min(slash + 1, full_name.size())));
        to.name<"project">();
        to.begin_object();
        to.text<"key">(full_name.substr(0, slash));
        to.end_object();
    }
    to.end_object();
    return text;
}

}  // namespace bbstream::backfill
