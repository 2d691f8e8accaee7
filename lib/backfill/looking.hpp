// What every look at a repository does: ask, keep the answer, and see what the fold makes of it.
#pragma once

#include "backfill/api.hpp"
#include "backfill/meta.hpp"
#include "backfill/questions.hpp"
#include "backfill/recorder.hpp"
#include "backfill/refusal.hpp"
#include "backfill/repository.hpp"
#include "backfill/sleeper.hpp"
#include "rest/client.hpp"

#include <functional>
#include <optional>
#include <string>

namespace bbstream::backfill {

// What all looks at one instance work with.
struct workbench {
    config::instance const& instance;
    backfill::api const& api;
    rest::client& client;
    backfill::recorder& recorder;
    backfill::questions& questions;
    sleeper& until_stop;
    std::chrono::seconds grace;
    std::size_t first_commits;         // of a repository at first sight; 0: heads only
    std::chrono::seconds retry_after;  // what is missing, after the first try that failed; later on longer
    std::function<bool()> must_wait;   // webhooks come first just now
};

struct look_outcome {
    std::optional<refusal> refused;
    std::string why;                                 // for people, where it was refused
    bool differed = false;                           // something was otherwise than webhooks had told
    bool delivered = false;                          // webhooks tell of its pushes
    bool whole = false;                              // its refs were walked through
    bool only_commits = false;                       // what was refused is no more than a listing of commits
    bool runs_go_on = false;                         // pipelines will end soon, or what they deployed is to be read
    std::optional<std::chrono::seconds> missing_in;  // what is missing can be tried again then
    std::uint64_t requests = 0;
};

// Pages that follow each other, to be read one by one.
struct page_walk {
    std::string_view what;  // for people: what is listed
    std::string first;      // the target of the first page
    std::uint64_t pages_max = 0;
    // The key of the record that a page becomes.
    std::function<std::string_view(std::string const& target)> key;
    // Reads a page: the target of the one behind it, or nothing at the end. Errors: it is no such page.
    std::function<result<std::optional<std::string>>(std::string const& target, std::string const& body)> read;
};

// One thing, asked for by its id. That it is not there (404) is an answer, too.
struct sought {
    std::string_view what;  // for people
    std::string target;
    std::string_view key;  // of the record that the answer becomes
    // What that record says of itself.
    std::function<std::string(page_meta const& page, bool found)> meta;
};

class looking {
   protected:
    using view = normalize::reconcile_view;

    // `fresh`: it was made after all others had been looked at, so that all in it is news.
    looking(workbench const& with, repository of, bool fresh) : with_(with), of_(std::move(of)), fresh_(fresh) {}

    // What the fold knows now, our records included. Nothing at the stop.
    net::task<std::optional<view>> look();
    // The repository with its default branch, whichever listing has told it.
    repository known(view const& seen) const;
    // For as long as webhooks may be on their way. False at the stop.
    net::task<bool> wait_for_webhooks();
    net::task<bool> keep(answer_record what);
    // Any answer; nothing where there is none.
    net::task<std::optional<rest::response>> ask(rest::request what);
    rest::request get(std::string target) const;
    page_meta begin_page(std::uint64_t page) const;
    // Keeps every page of a listing. One that was interrupted goes on at `from`, unless Bitbucket has forgotten the
    // place.
    net::task<bool> walk(page_walk what, state::walk from);
    // Keeps the answer.
    net::task<bool> look_up(sought what);
    bool refuse(refusal why, std::string message);

    workbench const with_;
    repository const of_;
    bool const fresh_;
    std::uint64_t kept_ = 0;  // the last of our records
    look_outcome outcome_;
};

}  // namespace bbstream::backfill
