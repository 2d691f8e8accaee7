// One look at one repository: a walk through its refs, another look where they are in doubt, and the commits behind
// heads that are not all told. What it finds goes into the journal, page by page; the fold says what it means.
#pragma once

#include "backfill/api.hpp"
#include "backfill/meta.hpp"
#include "backfill/questions.hpp"
#include "backfill/recorder.hpp"
#include "backfill/refusal.hpp"
#include "backfill/repository.hpp"
#include "backfill/sleeper.hpp"
#include "rest/client.hpp"

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
};

struct look_outcome {
    std::optional<refusal> refused;
    std::string why;                                 // for people, where it was refused
    bool differed = false;                           // something was otherwise than webhooks had told
    bool delivered = false;                          // webhooks have ever told of its pushes
    bool whole = false;                              // its refs were walked through
    std::optional<std::chrono::seconds> missing_in;  // what is missing can be tried again then
    std::uint64_t requests = 0;
};

class reconciler {
   public:
    // `fresh`: it was made after all others had been looked at, so that all in it is news.
    // `whole`: its refs are due, not only what webhooks have shown to be missing.
    reconciler(workbench const& with, repository of, bool fresh, bool whole)
        : with_(with), of_(std::move(of)), fresh_(fresh), whole_(whole)
    {
    }

    net::task<look_outcome> run();

   private:
    using view = normalize::reconcile_view;

    net::task<std::optional<view>> look();
    net::task<bool> look_at_all();
    net::task<bool> fill_missing();
    net::task<bool> fill(normalize::missing_change const& what);
    net::task<bool> note_outcome(std::string_view outcome);
    net::task<bool> walk_refs(state::walk from);
    net::task<bool> settle_doubts();
    net::task<bool> look_up_absent();
    net::task<bool> look_up(std::string ref);
    net::task<bool> list_commits(view const& seen);
    net::task<bool> list(commit_listing what);
    net::task<bool> resume_commits(view const& seen);
    net::task<bool> take_commits(rest::response answer, std::string target, page_meta meta, commit_listing const& what);
    net::task<bool> keep(answer_record what);
    net::task<std::optional<rest::response>> ask(rest::request what);
    rest::request get(std::string target) const;
    page_meta begin_page(std::uint64_t page) const;
    bool refuse(refusal why, std::string message);

    workbench const with_;
    repository const of_;
    bool const fresh_;
    bool const whole_;
    std::size_t commits_max_ = 0;  // where a listing leaves nothing out
    bool cut_is_loss_ = true;      // or only what is wanted
    bool listed_ = false;          // the last listing came to an answer
    std::string filling_;          // the request that a listing is for
    journal::origin origin_ = journal::origin::backfill;
    std::uint64_t kept_ = 0;  // the last of our records
    look_outcome outcome_;
};

}  // namespace bbstream::backfill
