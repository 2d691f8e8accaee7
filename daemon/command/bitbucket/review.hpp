// `bbstream prs approve|unapprove|request-changes|comment|merge|decline`
#pragma once

#include "daemon/command/bitbucket/options.hpp"

namespace bbstream::command {

enum class review_step { approve, unapprove, request_changes, comment, merge, decline };

struct review_options : bitbucket_options {
    review_step what = review_step::approve;
    std::uint64_t id = 0;
    std::string text;  // of a comment
};

// Gives the exit code.
int run_review(review_options const& options);

}  // namespace bbstream::command
