#include "normalize/datacenter/refs_changed.hpp"

#include "normalize/commit.hpp"
#include "normalize/datacenter/entities.hpp"

namespace bbstream::normalize::datacenter {

namespace {

class datacenter_change : public change_reader {
   public:
    using change_reader::change_reader;

    void read(object const& change)
    {
        if (!read_ref(change))
            return;
        auto const type = text_member(change, "type");
        hash_forms before;
        hash_forms after;
        if (!read_hash(change, "fromHash", type == "ADD", before) ||
            !read_hash(change, "toHash", type == "DELETE", after))
            return;
        take_hashes(before, after);
    }

   private:
    bool read_ref(object const& change)
    {
        auto const ref = object_member(change, "ref");
        auto name = ref ? needed_member(*ref, "id", ref_name_bytes_max) : needed_text();
        if (!name.value)
            name = needed_member(change, "refId", ref_name_bytes_max);
        if (!name.value) {
            complain(name.problem, "ref.id");
            return false;
        }
        auto const kind = ref ? text_member(*ref, "type") : std::nullopt;
        std::string_view full = *name.value;
        if (!full.starts_with("refs/"))
            full = memory_.join({kind == "TAG" ? tags : branches, full});
        auto const display = ref ? filled_member(*ref, "displayId") : std::nullopt;
        bool const branch = full.starts_with(branches);
        bool const tag = full.starts_with(tags);
        std::size_t const prefix = branch ? branches.size() : tag ? tags.size() : 0;
        into_.data.ref = {full, display && display->size() <= ref_name_bytes_max ? *display : full.substr(prefix),
                          branch ? "branch"
                          : tag  ? "tag"
                                 : "other"};
        return true;
    }

    // The side that a change's type says is not there may be absent, or zeros.
    bool read_hash(object const& change, std::string_view name, bool may_lack, hash_forms& into)
    {
        auto const hash = needed_member(change, name, ref_name_bytes_max);
        if (!hash.value && !(may_lack && hash.problem == event::unknown_reason::missing_fields)) {
            complain(hash.problem, name);
            return false;
        }
        into = {no_hash, {}, {}};
        if (hash.value && !is_zero_hash(*hash.value))
            into = forms_of_hash(*hash.value, memory_);
        return true;
    }
};

// `toCommit` and `commits` belong to a change only where it is the only one.
void read_commits(object const& body, event::text repository_url, arena& memory, push_change& into)
{
    if (auto const head = object_member(body, "toCommit")) {
        into.data.head = memory.keep(read_commit(*head, repository_url, memory));
        into.data.new_commit_sha = into.data.head->sha;
    }
    auto const list = array_member(body, "commits");
    if (!list)
        return;
    // There is no mark of truncation: fewer than the usual number are all.
    auto commits =
        read_commit_list(*list, memory, [&](object const& each) { return read_commit(each, repository_url, memory); });
    commits.complete = !commits.items.empty() && commits.items.size() < usual_commits_max;
    if (commits.complete)
        commits.total = commits.items.size();
    into.data.commits = commits;
    into.listed = list;
}

}  // namespace

void read_ref_change(object const& from, arena& memory, push_change& into)
{
    datacenter_change(into, "refChange: ", memory).read(from);
}

void read_ref_changes(object const& body, arena& memory, push& into)
{
    read_changes<datacenter_change>(body, "changes", into, memory);
}

void read_refs_changed(object const& body, arena& memory, push& into)
{
    into.date = time_member(body, "date");
    read_ref_changes(body, memory, into);
    if (into.changes.size() != 1 || into.changes.front().flaw)
        return;
    auto const repository = object_member(body, "repository");
    read_commits(body, repository ? link_member(*repository, "self") : std::nullopt, memory, into.changes.front());
}

}  // namespace bbstream::normalize::datacenter
