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

void change_reader::complain(event::unknown_reason why, std::string_view what)
{
    into_.flaw = make_flaw(why, where_, what, memory_);
}

bool change_reader::take_hashes(hash_forms const& before, hash_forms const& after)
{
    if (is_zero_hash(before.id) && is_zero_hash(after.id)) {
        complain(event::unknown_reason::missing_fields, "the hash of either side");
        return false;
    }
    into_.old_hash = before.id;
    into_.new_hash = after.id;
    into_.data.old_sha = before.sha;
    into_.data.new_sha = after.sha;
    return true;
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
    } else if (list->size() > changes_max) {
        into.flaw = {event::unknown_reason::type_mismatch, memory.join({where, ": too many changes"})};
        return std::nullopt;
    }
    return list;
}

}  // namespace bbstream::normalize
