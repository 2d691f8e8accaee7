#include "normalize/push.hpp"

namespace bbstream::normalize {

void push::clear()
{
    changes.clear();
    date.reset();
    flaw.reset();
}

needed_text needed_member(object const& of, std::string_view name, std::size_t bytes_max)
{
    auto const found = member(of, name);
    if (!found)
        return {};
    auto const text = as_text(*found);
    if (!text || text->size() > bytes_max)
        return {{}, event::unknown_reason::type_mismatch};
    return {text->empty() ? std::nullopt : text, event::unknown_reason::missing_fields};
}

flaw make_flaw(event::unknown_reason reason, std::string_view where, std::string_view what, arena& memory)
{
    auto const complaint =
        reason == event::unknown_reason::missing_fields ? " is missing" : " is not what it should be";
    return {reason, memory.join({where, what, complaint})};
}

std::optional<array> changes_of(std::optional<object> const& holder, std::string_view where, push& into, arena& memory)
{
    auto const list = holder ? array_member(*holder, "changes") : std::nullopt;
    if (!list) {
        bool const mistyped = holder && member(*holder, "changes");
        into.flaw = make_flaw(mistyped ? event::unknown_reason::type_mismatch : event::unknown_reason::missing_fields,
                              where, "", memory);
    }
    return list;
}

}  // namespace bbstream::normalize
