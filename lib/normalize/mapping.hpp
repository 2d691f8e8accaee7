// What the mapping of an event key works with: the record at hand, and how its events are made.
#pragma once

#include "event/facts.hpp"
#include "normalize/identity.hpp"
#include "normalize/push.hpp"
#include "normalize/read.hpp"
#include "state/key.hpp"

#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

namespace bbstream::normalize {

class record_fold;

// What was known of a thing when, packed.
struct dated_snapshot {
    micros at = 0;
    std::string_view packed;
};

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

    // The hash in full at which the delivery's repository's ref stands, as far as that is known.
    event::text known_head(std::string_view ref) const;

    // A fact that happens once: its event, or nothing if it was published before. `at` is its own time.
    event::event* add_once(event::type type, event::uuid const& id, std::string_view subject, std::optional<micros> at);

    // Whether a fact that may happen again has happened.
    bool has_happened(event::counted_fact fact) const;
    // Whether a fact that happens once was published.
    bool is_told(event::uuid const& id) const;
    // What is no event, and happens once: false if it was noted before.
    bool note(event::uuid const& id);

    // What goes to and fro in the delivery's repository (a verdict, a ref of a mirror): where it stands tells a repeat
    // from a copy.
    state::key machine(std::string_view kind, std::initializer_list<std::string_view> parts) const;
    // A fact that may happen again and moves a machine: its event, or nothing if `of` stands there already.
    event::event* add_move(event::type type, state::key const& of, event::counted_fact fact, std::string_view subject,
                           std::optional<micros> at);
    // The same where the deliveries hold the times of other things, or only some of them one: the machine moves by when
    // they come. `own` is when just this fact happened, where the payload says so: what stands there already has then
    // happened again, unless it was counted for that time.
    event::event* add_turn(event::type type, state::key const& of, event::counted_fact fact, std::string_view subject,
                           std::optional<micros> at, std::optional<micros> own = std::nullopt);
    // The same in steps, where the event's time is not what says whether the machine moves. Whether `of` stands at that
    // fact already or has gone on from it since, which is counted then as repeated; and its move there, to a later time
    // (else the delivery's) only.
    bool repeats(state::key const& of, event::counted_fact fact, std::optional<micros> own = std::nullopt);
    bool stands_at(state::key const& of, event::counted_fact fact) const;
    void move(state::key const& of, event::counted_fact fact, std::optional<micros> at);
    // A fact that may happen again, of which the mapping knows that it does.
    event::event& add_counted(event::type type, event::counted_fact fact, std::string_view subject,
                              std::optional<micros> at, std::optional<micros> own = std::nullopt);

    // A machine whose mapping says itself where it stands: remembered with a mark, or not at all.
    void remember(state::key const& of, std::int64_t mark);
    void forget(state::key const& of);
    std::optional<std::int64_t> remembered(state::key const& of) const;

    // What was last known of a thing, in this record's memory; and that it is so from now on.
    std::optional<dated_snapshot> snapshot(state::key const& of) const;
    void write_snapshot(state::key const& of, dated_snapshot const& now, bool closed);

    // Whether changes of the repository that the delivery tells of were told before, as REST showed what came of them,
    // which is counted then as repeated; that they are so from now on; and that it is gone, or another owner's.
    bool is_reconstructed(event::field_changes changes);
    void note_described(event::field_changes changes);
    void forget_described();

    // The whole delivery as it came, behind its other events, for those who want OpenTelemetry's spans.
    void add_spans();

    // The whole delivery can't be typed, or one part of it at `position` ("changes/2").
    void add_unknown(flaw const& why);
    void add_unknown_part(flaw const& why, element const& sent, std::string_view position);
    // Since a member that is needed is not there, or is not what it should be; `path` says where it is.
    void add_unknown_without(object const& holder, std::string_view name, std::string_view path);

    // The delivery says that something happened, not what; or what was said before.
    void count_empty();
    void count_repeated();

   private:
    std::string_view repository_id() const;  // else that of the project

    record_fold& fold_;
    object body_;
};

// The flaw that a member is missing, or not what it should be.
flaw flaw_of_member(object const& holder, std::string_view name, std::string_view path, arena& memory);

using map_function = void (*)(mapping&);

// A row of a product's table of event keys.
struct mapped_key {
    std::string_view key;
    map_function map;
};

// Nothing for a key that is not in the table.
map_function find_mapping(std::span<mapped_key const> table, std::string_view event_key);

}  // namespace bbstream::normalize
