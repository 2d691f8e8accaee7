// `bbstream insights report`: what a scan has found, on the commit that it looked at.
#pragma once

#include "daemon/command/bitbucket/options.hpp"

namespace bbstream::command {

struct insights_options : bitbucket_options {
    std::string commit;
    std::string id;
    std::string title;
    std::string sarif;        // a file; "-": standard input
    std::string annotations;  // the same, in Bitbucket's own form; one of the two is given
    std::string result;       // passed | failed; empty: failed if there is a grave finding
};

// Gives the exit code.
int run_insights_report(insights_options const& options);

}  // namespace bbstream::command
