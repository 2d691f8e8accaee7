#include "normalize/datacenter/pull_request_snapshot.hpp"

#include "normalize/hash.hpp"

namespace bbstream::normalize::datacenter {

namespace {

// As ids take it.
event::text head_of(object const& from, std::string_view side, arena& memory)
{
    auto const at = object_member(from, side);
    auto const hash = at ? bounded_id(*at, "latestCommit", memory) : std::nullopt;
    return hash ? event::text(forms_of_hash(*hash, memory).id) : std::nullopt;
}

}  // namespace

pull_request_snapshot snapshot_of(object const& from, event::pull_request const& of, arena& memory)
{
    // An empty description is not sent.
    auto now = snapshot_of_texts(of, text_member(from, "description").value_or(std::string_view()), memory);
    now.source_head = remember_text(head_of(from, "fromRef", memory), memory);
    auto const target = head_of(from, "toRef", memory);
    if (target && of.target.ref) {  // ids take both
        now.target_ref = remember_text(of.target.ref, memory);
        now.target_head = remember_text(target, memory);
    }
    if (array_member(from, "reviewers"))
        now.reviewers = remember_reviewers(of.reviewers, memory);
    if (of.version)
        now.version = remember_text(memory.join({std::to_string(*of.version)}), memory);
    return now;
}

void remember_as_sent(mapping& in, event::pull_request const& of, std::initializer_list<snapshot_part> told)
{
    remember_told(in, of, snapshot_of(*object_member(in.body(), "pullRequest"), of, in.memory()), told);
}

}  // namespace bbstream::normalize::datacenter
