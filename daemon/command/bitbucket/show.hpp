// `bbstream repos|prs|pipelines|issues show`: one thing with what belongs to it.
#pragma once

#include "daemon/command/bitbucket/options.hpp"

namespace bbstream::command {

enum class showable { repository, pull_request, pipeline, issue };

struct show_options : bitbucket_options {
    showable what = showable::repository;
    std::uint64_t id = 0;  // of a pull request
    std::string key;       // of a pipeline or an issue
};

// Gives the exit code.
int run_show(show_options const& options);

}  // namespace bbstream::command
