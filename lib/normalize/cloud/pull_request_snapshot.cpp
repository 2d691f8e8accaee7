#include "normalize/cloud/pull_request_snapshot.hpp"

#include "normalize/cloud/pull_request.hpp"

namespace bbstream::normalize::cloud {

pull_request_snapshot snapshot_of(object const& from, event::pull_request const& of, arena& memory)
{
    auto now = snapshot_of_texts(of, text_member(from, "description"), memory);
    now.source_head = remember_text(head_of(from, "source", memory), memory);
    auto const target = head_of(from, "destination", memory);
    if (target && of.target.ref) {  // ids take both
        now.target_ref = remember_text(of.target.ref, memory);
        now.target_head = remember_text(target, memory);
    }
    if (array_member(from, "reviewers"))
        now.reviewers = remember_reviewers(of.reviewers, memory);
    return now;
}

}  // namespace bbstream::normalize::cloud
