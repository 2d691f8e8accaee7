// `bbstream issues create|comment|transition`
#pragma once

#include "daemon/command/bitbucket/options.hpp"

namespace bbstream::command {

enum class issue_step { create, comment, transition };

struct issue_options : bitbucket_options {
    issue_step what = issue_step::create;
    std::string key;    // of what is there already
    std::string title;  // of a new one
    std::string text;
    std::string to;  // a transition's or state's name
};

// Gives the exit code.
int run_issue_change(issue_options const& options);

}  // namespace bbstream::command
