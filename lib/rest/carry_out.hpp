// What the changes of each product are made of: requests that are sent once each, and what is said of them.
#pragma once

#include "rest/actions.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bbstream::rest {

// What a 2xx shows where it has been done: another program in between, or a service that is out of order, may say 200
// to anything.
struct proof {
    std::string_view thing;   // for people: "review"
    std::string_view member;  // of the answer, with `text`, or with anything where that is empty; none: a 204
    std::string text;
};

// Sends it; gives `done` where the answer is a 2xx that proves it.
net::task<result<outcome>> carry_out(client& over, request what, proof by, outcome done);

// A report as its product is sent it.
struct report_upload {
    std::string target;
    std::string body;
    std::vector<std::string> annotations;  // the bodies of one call each
};
// Removes the one that is there first: annotations are added to those that a report has, so that what an earlier scan
// found, and this one did not, would stay.
net::task<result<outcome>> replace_report(client& over, report_upload with, outcome done);

// Where a 2xx does not name what should have been made.
failure not_named(std::string_view what);

// "approved"
std::string_view verdict_text(verdict how);

outcome about_pull_request(std::uint64_t id, std::string_view what);
outcome about_status(build_status const& status);
outcome about_report(insight_report const& report);

}  // namespace bbstream::rest
