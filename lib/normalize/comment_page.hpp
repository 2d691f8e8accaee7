// A page of a pull request's comments, compared with what was told of them.
#pragma once

#include "normalize/discussion.hpp"
#include "normalize/observed_comments.hpp"
#include "normalize/sight.hpp"
#include "state/pull_request_watch.hpp"

namespace bbstream::normalize {

// What was said before the discussion was known is no news. The rest is told when it is still seen after a while, as
// webhooks may be on their way: what REST shows of a comment has the ids that they have.
class comment_page {
   public:
    // `before`: as it was last listed.
    comment_page(mapping& in, product platform, event::pull_request const& on,
                 std::optional<known_discussion> const& before, sighting const& how, state::discussion& of);

    void look_at(observed_comment const& seen);
    // At the end of a whole listing: what is not there any more.
    void look_for_absent();

   private:
    void note(observed_comment const& seen);
    void tell_created(event::pull_request_comment const& what);
    void tell_edit(event::pull_request_comment const& what, event::revision const& edit);
    // Whether the thread was seen to be otherwise, told or not yet.
    bool tell_flip(observed_comment const& seen, event::pull_request_comment const& what);
    void tell_deleted(event::pull_request_comment const& what, bool news);
    void add(event::type type, event::uuid const& id, event::pull_request_comment const& what,
             std::optional<micros> at);

    bool is_later(std::optional<micros> at) const { return at && *at > of_.known; }
    bool was_there(event::comment const& what) const;
    bool believes(event::uuid const& fact);

    mapping& in_;
    bool const cloud_;
    event::pull_request const& on_;
    std::optional<known_discussion> const& before_;
    sighting const how_;
    state::discussion& of_;
};

}  // namespace bbstream::normalize
