#include "support/samples.hpp"

#include "support/samples/names.hpp"

namespace bbstream::test {

using event::type;
using namespace sample;

samples::samples(bool filled) : filled_(filled), facts_(name_, "cloud", ledger)
{
    fill_delivery();
    repository.id = ledger;
    commit_.hash = first_sha;
    pull_request_.id = 42;
    pull_request_.source_state = "OPEN";
    comment_.id = "9";
    status_.key = "unit-tests";
    status_.source_state = "SUCCESSFUL";
    run_.run_id = run_id;
    run_.source_state = "COMPLETED";
    task_.task_id = step_id;
    deployment_.deployment_id = "7d3a178a-0000-4000-8000-000000000007";
    deployment_.source_state = "COMPLETED";
    issue_.id = 7;
    issue_.source_state = "new";
    project_.id = "2b000000-0000-4000-8000-000000000002";
    if (!filled_)
        return;
    fill_people();
    fill_repository();
    fill_commit();
    fill_pull_request();
    fill_comment();
    fill_builds();
    fill_issue();
    fill_project();
}

event::event samples::of(type which)
{
    auto made = make(which);
    if (which <= type::repository_snapshot)
        set_repository_fact(made);
    else if (which <= type::ref_snapshot)
        set_ref_fact(made);
    else if (which <= type::commit_comment_deleted && which != type::mirror_synchronized)
        set_commit_fact(made);
    else if (which >= type::pullrequest_opened && which <= type::pullrequest_enriched)
        set_pull_request_fact(made);
    else if (which >= type::pullrequest_comment_created && which <= type::pullrequest_comment_reopened)
        set_comment_fact(made);
    else if (which >= type::buildstatus_reported && which <= type::deployment_finished)
        set_build_fact(made);
    else if (which >= type::issue_created && which <= type::issue_snapshot)
        set_issue_fact(made);
    else if (which == type::project_updated || which == type::project_snapshot)
        set_project_fact(made);
    else
        set_other_fact(made);
    return made;
}

event::event samples::make(type which)
{
    event::event made;
    made.type = which;
    made.position = {delivery.sequence, 0};
    made.time = noon;
    made.basis = event::time_basis::received;
    made.delivery = &delivery;
    return made;
}

void samples::set(event::event& of, event::uuid const& id, std::string_view subject, event::event_data const& data)
{
    of.id = id;
    of.subject = subject;
    of.data = data;
}

}  // namespace bbstream::test
