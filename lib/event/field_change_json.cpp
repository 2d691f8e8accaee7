#include "event/field_change_json.hpp"

#include <algorithm>

namespace bbstream::event {

namespace {

// Writes one side of a change.
struct value_writer {
    data_writer& into;
    std::string_view field;
    std::string_view side;

    void operator()(std::monostate) const { into.to().out() += "null"; }
    void operator()(bool value) const { into.to().out() += value ? "true" : "false"; }
    void operator()(std::uint64_t value) const { into.to().number_value(value); }
    void operator()(actor const* value) const { write_actor(into.to(), value); }
    void operator()(std::string_view value) const
    {
        auto const shown = cut_utf8(value, text_bytes_shown(into.how()));
        into.to().text_value(shown.shown);
        if (shown.cut)
            into.cut({"/changes/", field, side});
    }
};

bool is_long(field_value const& value)
{
    auto const* found = std::get_if<std::string_view>(&value);
    return found && found->size() > text_bytes_trimmed;
}

}  // namespace

void write_changes(data_writer& into, std::optional<field_changes> const& changes)
{
    auto& to = into.to();
    to.name<"changes">();
    if (!changes || into.bare()) {
        to.out() += "null";
        if (changes)
            into.cut("/changes");
        return;
    }
    to.begin_object();
    for (auto const& each : *changes) {
        to.name(each.field);
        to.begin_object();
        to.name<"old">();
        std::visit(value_writer{into, each.field, "/old"}, each.before);
        to.name<"new">();
        std::visit(value_writer{into, each.field, "/new"}, each.after);
        to.end_object();
    }
    to.end_object();
}

bool shortens_changes(trim step, std::optional<field_changes> const& changes)
{
    return step == trim::long_texts && changes &&
           std::any_of(changes->begin(), changes->end(),
                       [](field_change const& each) { return is_long(each.before) || is_long(each.after); });
}

}  // namespace bbstream::event
