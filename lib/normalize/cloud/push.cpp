#include "normalize/cloud/push.hpp"

#include "event/object_json.hpp"
#include "normalize/cloud/entities.hpp"
#include "normalize/commit.hpp"

namespace bbstream::normalize::cloud {

namespace {

// `old` or `new` of a change: a ref as it was or is, or nothing.
struct side {
    std::optional<object> ref;
    hash_forms hash{no_hash, {}, {}};
};

class cloud_change : public change_reader {
   public:
    using change_reader::change_reader;

    void read(object const& change)
    {
        side before;
        side after;
        if (!read_side(change, "old", before) || !read_side(change, "new", after))
            return;
        if (!take_hashes(before.hash, after.hash))
            return;
        bool const deleted = is_zero_hash(after.hash.id);
        if (!read_name(deleted ? *before.ref : *after.ref, deleted ? "old" : "new"))
            return;
        into_.data.new_commit_sha = after.hash.sha;
        into_.data.forced = bool_member(change, "forced");
        if (!deleted)
            read_target(*after.ref);
        read_commits(change);
    }

   private:
    bool read_side(object const& change, std::string_view name, side& into)
    {
        auto const found = member(change, name);
        if (!found)
            return true;
        into.ref = as_object(*found);
        if (!into.ref) {
            complain(event::unknown_reason::type_mismatch, name);
            return false;
        }
        auto const target = object_member(*into.ref, "target");
        auto const hash = target ? needed_member(*target, "hash", ref_name_bytes_max) : needed_text();
        if (!hash.value) {
            complain(hash.problem, memory_.join({name, ".target.hash"}));
            return false;
        }
        into.hash = forms_of_hash(*hash.value, memory_);
        if (is_zero_hash(into.hash.id))
            into.hash = {no_hash, {}, {}};
        return true;
    }

    bool read_name(object const& ref, std::string_view side)
    {
        auto const name = needed_member(ref, "name", ref_name_bytes_max);
        if (!name.value) {
            complain(name.problem, memory_.join({side, ".name"}));
            return false;
        }
        auto const type = needed_member(ref, "type", ref_name_bytes_max);
        auto const prefix = type.value ? prefix_of(*type.value) : std::string_view();
        if (prefix.empty()) {
            complain(type.value ? event::unknown_reason::type_mismatch : type.problem, memory_.join({side, ".type"}));
            return false;
        }
        into_.data.ref = {memory_.join({prefix, *name.value}), *name.value, prefix == tags ? "tag" : "branch"};
        return true;
    }

    // For an annotated tag too the target is the commit.
    void read_target(object const& ref)
    {
        into_.data.head = memory_.keep(read_commit(*object_member(ref, "target"), memory_));
        if (into_.data.ref.type != "tag")
            return;
        event::tag tag;
        auto const message = event::cut_utf8(text_member(ref, "message"), commit_message_bytes_max);
        tag.message = message.shown;
        tag.message_truncated = message.cut;
        tag.tagged_at = time_member(ref, "date");
        tag.tagger = read_person(object_member(ref, "tagger"), memory_);
        if (tag.message || tag.tagged_at || tag.tagger)
            into_.data.tag = memory_.keep(tag);
    }

    void read_commits(object const& change)
    {
        auto const list = array_member(change, "commits");
        if (!list)
            return;
        auto commits = read_commit_list(*list, memory_, [&](object const& each) { return read_commit(each, memory_); });
        bool const truncated = bool_member(change, "truncated").value_or(commits.items.size() >= usual_commits_max);
        commits.complete = !truncated && !commits.cut;
        if (commits.complete)
            commits.total = commits.items.size();
        into_.data.commits = commits;
        into_.listed = list;
    }

    // Branches of Mercurial are named_branch and bookmark in old payloads.
    static std::string_view prefix_of(std::string_view type)
    {
        if (type == "branch" || type == "named_branch" || type == "bookmark")
            return branches;
        return type == "tag" ? tags : std::string_view();
    }
};

// As far as they would be read.
std::size_t count_commits(std::optional<object> const& holder)
{
    std::size_t count = 0;
    if (auto const changes = holder ? array_member(*holder, "changes") : std::nullopt)
        for (element const each : *changes)
            if (auto const change = as_object(each))
                if (auto const commits = array_member(*change, "commits"))
                    count += std::min(commits->size(), listed_commits_max);
    return count;
}

}  // namespace

void read_push(object const& body, arena& memory, push& into)
{
    auto const holder = object_member(body, "push");
    if (count_commits(holder) > pushed_commits_max)
        into.flaw = {event::unknown_reason::type_mismatch, "push.changes: too many commits"};
    else
        read_changes<cloud_change>(holder, "push.changes", into, memory);
}

}  // namespace bbstream::normalize::cloud
