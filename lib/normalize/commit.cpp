#include "normalize/commit.hpp"

#include "event/object_json.hpp"
#include "normalize/hash.hpp"

namespace bbstream::normalize {

event::commit begin_commit(object const& from, std::string_view hash_name, arena& memory)
{
    event::commit commit;
    if (auto const hash = filled_member(from, hash_name)) {
        auto const forms = forms_of_hash(*hash, memory);
        commit.hash = forms.id;
        commit.sha = forms.sha;
        commit.short_sha = forms.short_sha;
    }
    auto const message = event::cut_utf8(text_member(from, "message"), commit_message_bytes_max);
    commit.message = message.shown;
    commit.message_truncated = message.cut;
    commit.parents = hash_list(from, "parents", hash_name, memory);
    return commit;
}

}  // namespace bbstream::normalize
