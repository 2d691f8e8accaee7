#include "daemon/command/bitbucket/plan_output.hpp"

#include "daemon/command/json_line.hpp"
#include "daemon/command/table.hpp"
#include "daemon/command/terminal.hpp"

namespace bbstream::command {
namespace {

using hooks::deed;

std::string joined(std::vector<std::string> const& parts)
{
    std::string all;
    for (auto const& each : parts)
        all += (all.empty() ? "" : "; ") + each;
    return all;
}

}  // namespace

std::string plan_table(hooks::plan const& of)
{
    table rows({{"what"}, {"where"}, {"hook"}, {"why"}});
    bool any = false;
    for (auto const& each : of.steps) {
        if (each.what == deed::keep)
            continue;
        any = true;
        rows.add({std::string(hooks::deed_name(each.what)), harmless(hooks::place_text(each.where)),
                  each.present.id.empty() ? "-" : harmless(each.present.id),
                  each.what == deed::create ? "missing" : harmless(joined(each.why))});
    }
    return any ? rows.text() + '\n' : std::string();
}

std::string plan_summary(hooks::plan const& of, hooks::tally const* came)
{
    std::string text;
    auto const add = [&](std::size_t count, std::string const& what) {
        if (count != 0)
            text += count_text(count) + ' ' + what + ", ";
    };
    if (came != nullptr) {
        add(came->done, "done");
        add(came->failed, "failed");
        add(came->left_out, "not deleted because of that");
    } else {
        add(of.count(deed::create), "to create");
        add(of.count(deed::update), "to update");
        add(of.count(deed::remove), "to delete");
    }
    add(of.count(deed::report), "duplicates (--prune deletes them)");
    return text + count_text(of.count(deed::keep)) + " as they should be, " + count_text(of.foreign) +
           " of others left alone.\n";
}

std::string step_json(hooks::step const& of, step_fate const& came)
{
    return json_line([&](event::json_writer& to) {
        to.text<"what">(hooks::deed_name(of.what));
        to.text<"level">(hooks::level_text(of.where.level));
        to.text<"owner">(of.where.owner);
        event::write_or_null<"repository">(to, of.where.slug);
        event::write_or_null<"hook">(to, of.present.id);
        event::write_list<"why">(to, of.why);
        to.time<"secret_set">(came.secret_set);
        to.boolean<"done">(came.tried ? std::optional(!came.failed) : std::nullopt);
        to.text<"failure">(came.failed ? std::optional<std::string_view>(came.failed->message) : std::nullopt);
    });
}

}  // namespace bbstream::command
