// What the mapping of an event key works with: the record at hand, and how its events are made.
#pragma once

#include "event/facts.hpp"
#include "normalize/identity.hpp"
#include "normalize/push.hpp"
#include "normalize/read.hpp"
#include "state/key.hpp"

#include <initializer_list>
#include <optional>
#include <string_view>

namespace bbstream::normalize {

class record_fold;

class mapping {
   public:
    mapping(record_fold& fold, object const& body) : fold_(fold), body_(body) {}

    object const& body() const { return body_; }
    arena& memory() const;
    event::delivery const& delivery() const;
    // Where the delivery is placed by default, for an event that belongs elsewhere.
    record_identity const& who() const;
    // Data Center's, of the whole delivery.
    std::optional<micros> date() const;
    // The changes of refs, for a mapping that reads some.
    push& changes() const;

    // The facts of the delivery's repository, or of another.
    event::facts facts() const;
    event::facts facts_of(std::string_view repository) const;

    // A fact that happens once: its event, or nothing if it was published before. `at` is its own time.
    event::event* add_once(event::type type, event::uuid const& id, std::string_view subject, std::optional<micros> at);

    // What goes to and fro in the delivery's repository (a verdict, a ref of a mirror): where it stands tells a repeat
    // from a copy.
    state::key machine(std::string_view kind, std::initializer_list<std::string_view> parts) const;
    // A fact that may happen again and moves a machine: its event, or nothing if `of` stands there already.
    event::event* add_move(event::type type, state::key const& of, event::counted_fact fact, std::string_view subject,
                           std::optional<micros> at);
    // A fact that may happen again, of which the mapping knows that it does.
    event::event& add_counted(event::type type, event::counted_fact fact, std::string_view subject,
                              std::optional<micros> at);

    // A machine whose mapping says itself where it stands: remembered with a mark, or not at all.
    void remember(state::key const& of, std::int64_t mark);
    void forget(state::key const& of);
    std::optional<std::int64_t> remembered(state::key const& of) const;

    // The whole delivery can't be typed, or one part of it at `position` ("changes/2").
    void add_unknown(flaw const& why);
    void add_unknown_part(flaw const& why, element const& sent, std::string_view position);
    // Since a member that is needed is not there, or is not what it should be; `path` says where it is.
    void add_unknown_without(object const& holder, std::string_view name, std::string_view path);

    // The delivery says that something happened, not what.
    void count_empty();

   private:
    std::string_view repository_id() const;  // else that of the project

    record_fold& fold_;
    object body_;
};

// The flaw that a member is missing, or not what it should be.
flaw flaw_of_member(object const& holder, std::string_view name, std::string_view path, arena& memory);

// A table of event keys has such functions.
using map_function = void (*)(mapping&);

}  // namespace bbstream::normalize
