// The part of the fold that knows commits which wait: those that a push of a new branch lists, not all of them.
#include "normalize/cloud/entities.hpp"
#include "normalize/datacenter/entities.hpp"
#include "normalize/head.hpp"
#include "normalize/polled.hpp"
#include "normalize/record_fold.hpp"
#include "normalize/requests.hpp"

#include <algorithm>

namespace bbstream::normalize {

namespace {

// A JSON object of the commits, newest first, as far as they fit, and of the repository, if it does.
std::string packed(array const& commits, std::optional<object> const& repository)
{
    std::string text = R"({"values":[)";
    std::size_t const begin = text.size();
    for (element const each : commits) {
        std::string const sent = simdjson::minify(each);
        if (text.size() + sent.size() > state::withheld_bytes_max)
            break;
        text.append(text.size() == begin ? "" : ",").append(sent);
    }
    text += ']';
    std::string const of = repository ? simdjson::minify(*repository) : std::string();
    if (!of.empty() && text.size() + of.size() <= state::withheld_bytes_max)
        text.append(R"(,"repository":)").append(of);
    return text += '}';
}

}  // namespace

// A branch that is new may list commits that were there before it. Where REST is asked, its answer tells which are new;
// not where it could not be had the last time, or is not asked for at all.
bool record_fold::withholds_commits(push_change const& change)
{
    auto const* const looked_at = shard_->find_reconciliation(repository_key_);
    return is_polled(*record_) && looked_at && looked_at->baseline && !looked_at->unreachable &&
           is_zero_hash(change.old_hash) && lacks_commits(change);
}

// With what is asked for, as long as no answer has begun to come.
void record_fold::withhold_commits(push_change const& change)
{
    auto& requests = shard_->make_reconciliation(repository_key_).requests;
    auto const after = head_of(change.new_hash);
    auto const asked = std::ranges::find_if(requests, [&](state::request const& each) {
        return each.ref == change.data.ref.name && each.after == after && each.run == 0;
    });
    if (asked != requests.end() && asked->withheld.empty() && change.listed)
        asked->withheld = packed(*change.listed, who_.repository);
}

// No answer comes: a commit that was there before is told rather than a new one is not.
void record_fold::tell_withheld(state::request& of)
{
    if (of.withheld.empty())
        return;
    auto const kept = withheld_.emplace_back().parse(of.withheld);
    of.withheld = {};
    auto const list = kept ? array_member(*kept, "values") : std::nullopt;
    if (!list)
        return;
    auto const repository = object_member(*kept, "repository");
    if (repository && !repository_.full_name)
        repository_ = record_->product == product::cloud
                          ? cloud::read_repository(*repository, repository_.id, memory_)
                          : datacenter::read_repository(*repository, repository_.id, memory_);
    auto const commits = read_commits(*list);
    auto const ref = ref_of_name(memory_.join({of.ref}));
    std::uint64_t order = 0;
    for (std::size_t at = commits.items.size(); at-- > 0;)
        if (fold_commit(commits.items[at], ref, order++, cause_of(of)))
            ++of.found;
}

}  // namespace bbstream::normalize
