// mirror:repo_synchronized: an element of changes[] for each ref; none of them where there were too many. Old versions
// tell no actor.
#include "normalize/datacenter/keys.hpp"
#include "normalize/datacenter/needed.hpp"
#include "normalize/datacenter/refs_changed.hpp"
#include "normalize/words.hpp"

namespace bbstream::normalize::datacenter {

namespace {

constexpr word sync_types[] = {{"SNAPSHOT", "snapshot"}, {"INCREMENTAL", "incremental"}};

// What all events of the delivery have; nothing without the mirror's id.
std::optional<event::mirror_synchronized> read_synchronized(mapping& in)
{
    auto const mirror = object_member(in.body(), "mirrorServer");
    auto const id = mirror ? bounded_id(*mirror, "id", in.memory()) : std::nullopt;
    if (!id) {
        if (mirror)
            in.add_unknown_without(*mirror, "id", "mirrorServer.id");
        else
            in.add_unknown_without(in.body(), "mirrorServer", "mirrorServer");
        return std::nullopt;
    }
    event::mirror_synchronized what;
    what.mirror_id = id;
    what.mirror_name = text_member(*mirror, "name");
    if (auto const type = text_member(in.body(), "syncType"))
        what.sync_type = translate(sync_types, *type);
    what.ref_limit_exceeded = bool_member(in.body(), "refLimitExceeded").value_or(false);
    return what;
}

void add_limit_exceeded(mapping& in, event::mirror_synchronized const& what, std::string_view subject)
{
    if (!in.date()) {
        in.add_unknown_without(in.body(), "date", "date");
        return;
    }
    auto* made = in.add_once(event::type::mirror_synchronized,
                             in.facts().mirror_ref_limit_exceeded(*what.mirror_id, *in.date()), subject, in.date());
    if (made)
        made->data = what;
}

void add_change(mapping& in, event::mirror_synchronized what, std::string_view subject, push_change const& change)
{
    auto const& ref = change.data.ref.name;
    auto const machine = in.machine("mirror", {*what.mirror_id, ref});
    auto* made = in.add_move(event::type::mirror_synchronized, machine,
                             in.facts().mirror_synchronized(*what.mirror_id, ref, change.old_hash, change.new_hash),
                             subject, in.date());
    if (!made)
        return;
    what.ref = change.data.ref;
    what.old_sha = change.data.old_sha;
    what.new_sha = change.data.new_sha;
    made->data = what;
}

}  // namespace

void map_mirror_synchronized(mapping& in)
{
    if (!needs_repository(in, "repository.id"))
        return;
    auto const what = read_synchronized(in);
    if (!what)
        return;
    auto& read = in.changes();
    read_ref_changes(in.body(), in.memory(), read);
    if (read.flaw && !what->ref_limit_exceeded) {
        in.add_unknown(*read.flaw);
        return;
    }
    auto const subject = in.memory().join({"mirrors/", *what->mirror_id});
    if (what->ref_limit_exceeded)
        add_limit_exceeded(in, *what, subject);
    else if (read.changes.empty())
        in.count_empty();
    for (std::size_t index = 0; index < read.changes.size(); ++index) {
        auto const& change = read.changes[index];
        if (change.flaw)
            in.add_unknown_part(*change.flaw, change.sent, in.memory().join({"changes/", std::to_string(index)}));
        else
            add_change(in, *what, subject, change);
    }
}

}  // namespace bbstream::normalize::datacenter
