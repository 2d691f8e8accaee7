// An event of every type, as a mapping would make it: "Ledger", a repository of Ada and Grace.
#pragma once

#include "event/event.hpp"
#include "event/facts.hpp"

#include <array>
#include <string>

namespace bbstream::test {

// Views in the events point into it. One serves for one event: some types change what it holds.
class samples {
   public:
    // `filled`: with all that is not null in any product; else with nothing but what is never null.
    explicit samples(bool filled = true);
    samples(samples const&) = delete;
    samples& operator=(samples const&) = delete;

    // An event of the type, which is not dead_letter.
    event::event of(event::type which);

    event::repository repository;
    event::actor ada;
    event::actor grace;
    event::delivery delivery;

   private:
    void fill_people();
    void fill_repository();
    void fill_delivery();
    void fill_commit();
    void fill_pull_request();
    void fill_comment();
    void fill_builds();
    void fill_issue();
    void fill_project();

    event::event make(event::type which);
    void set(event::event& of, event::uuid const& id, std::string_view subject, event::event_data const& data);

    void set_repository_fact(event::event& of);
    void set_ref_fact(event::event& of);
    void set_commit_fact(event::event& of);
    void set_pull_request_fact(event::event& of);
    void set_pull_request_change(event::event& of);
    void set_comment_fact(event::event& of);
    void set_build_fact(event::event& of);
    void set_issue_fact(event::event& of);
    void set_project_fact(event::event& of);
    void set_other_fact(event::event& of);

    bool filled_;
    event::fact_name name_;
    event::facts facts_;
    event::uuid cause_;
    event::repository before_;
    event::repository fork_;
    event::commit commit_;
    event::tag tag_;
    event::ref ref_{"refs/heads/main", "main", "branch"};
    std::array<std::string_view, 2> parents_;
    event::pull_request pull_request_;
    std::array<event::participant, 2> participants_;
    std::array<event::actor, 1> added_, removed_;
    event::comment comment_;
    event::build_status status_;
    event::pipeline_run run_;
    event::task_run task_;
    event::deployment deployment_;
    event::issue issue_;
    event::project_entity project_, project_before_;
    std::array<event::field_change, 2> changes_;
};

}  // namespace bbstream::test
