// A push as it was read from either product's payload, before the fold decides what it means.
#pragma once

#include "event/event.hpp"
#include "normalize/hash.hpp"
#include "normalize/read.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bbstream::normalize {

// A name that is longer is no name.
inline constexpr std::size_t ref_name_bytes_max = 4096;
// A mirror's push of 8 MiB can hold 39,000 changes; a list of more than so many is none.
inline constexpr std::size_t changes_max = 200'000;

// Why something can't be typed.
struct flaw {
    event::unknown_reason reason = event::unknown_reason::missing_fields;
    std::string_view detail;
};

struct push_change {
    event::ref_change data;     // but for the place in its push
    std::string_view old_hash;  // as ids take it; no_hash where there is none
    std::string_view new_hash;
    element sent;
    std::optional<array> listed;          // the commits of `data`, as they were sent
    std::optional<normalize::flaw> flaw;  // if there is one the rest is void
    bool logged = false;                  // reconstructed of the push log: it is just what one webhook would have told
};

struct push {
    std::vector<push_change> changes;
    std::optional<micros> date;           // of all its changes, where the product tells
    std::optional<normalize::flaw> flaw;  // there is no list of changes

    void clear();
};

// A text that a change needs.
struct needed_text {
    event::text value;
    event::unknown_reason problem = event::unknown_reason::missing_fields;  // if there is no value
};
needed_text needed_member(object const& of, std::string_view name, std::size_t bytes_max);

// Reads one change; each product's reader says what its payload looks like.
class change_reader {
   public:
    change_reader(push_change& into, std::string_view where, arena& memory)
        : into_(into), where_(where), memory_(memory)
    {
    }

   protected:
    static constexpr std::string_view branches = "refs/heads/";
    static constexpr std::string_view tags = "refs/tags/";

    void complain(event::unknown_reason why, std::string_view what);
    // Both sides' hashes, of which one must be there.
    bool take_hashes(hash_forms const& before, hash_forms const& after);

    push_change& into_;
    std::string_view where_;  // "push.changes/2: "
    arena& memory_;
};

// "push.changes/2: new.name is missing"
flaw make_flaw(event::unknown_reason reason, std::string_view where, std::string_view what, arena& memory);

// The list of a push, or the flaw that it is not there or too long.
std::optional<array> changes_of(std::optional<object> const& holder, std::string_view where, push& into, arena& memory);

// Reads the changes that `holder` lists, by the product's change_reader.
template <class Reader>
void read_changes(std::optional<object> const& holder, std::string_view where, push& into, arena& memory)
{
    auto const list = changes_of(holder, where, into, memory);
    if (!list)
        return;
    into.changes.reserve(list->size());
    for (element const each : *list) {
        auto const place = memory.join({where, "/", std::to_string(into.changes.size()), ": "});
        auto& change = into.changes.emplace_back();
        change.sent = each;
        if (auto const fields = as_object(each))
            Reader(change, place, memory).read(*fields);
        else
            change.flaw = make_flaw(event::unknown_reason::type_mismatch, place, "the change", memory);
    }
}

}  // namespace bbstream::normalize
