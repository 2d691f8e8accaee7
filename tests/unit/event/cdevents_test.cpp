// Events as CDEvents: which they are, what their subjects say, and whole ones, which golden.cdevents holds against the
// official schemas. REGENERATE=1 writes the file of those.
#include "event/cdevents/content.hpp"
#include "event/encode.hpp"
#include "event/headers.hpp"
#include "event/types.hpp"
#include "support/samples.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

using namespace bbstream;
using event::type;
using event::cdevents::project;

namespace {

constexpr micros recorded = 1'787'565'600'042'000;

// The name of a native type, and the type that it has in CDEvents.
using type_names = std::map<std::string, std::string>;

// As the specification's table says.
type_names const mapping = {
    {"repository.created", "dev.cdevents.repository.created.0.3.0"},
    {"repository.imported", "dev.cdevents.repository.created.0.3.0"},
    {"repository.forked", "dev.cdevents.repository.created.0.3.0"},
    {"repository.updated", "dev.cdevents.repository.modified.0.3.0"},
    {"repository.transferred", "dev.cdevents.repository.modified.0.3.0"},
    {"repository.deleted", "dev.cdevents.repository.deleted.0.3.0"},
    {"ref.created", "dev.cdeventsx.bitbucket-tag.created.0.1.0"},  // the sample is a tag
    {"ref.updated", "dev.cdeventsx.bitbucket-ref.updated.0.1.0"},
    {"ref.deleted", "dev.cdevents.branch.deleted.0.3.0"},
    {"commit.added", "dev.cdeventsx.bitbucket-commit.added.0.1.0"},
    {"commit.comment_created", "dev.cdeventsx.bitbucket-comment.created.0.1.0"},
    {"commit.comment_updated", "dev.cdeventsx.bitbucket-comment.updated.0.1.0"},
    {"commit.comment_deleted", "dev.cdeventsx.bitbucket-comment.deleted.0.1.0"},
    {"pullrequest.opened", "dev.cdevents.change.created.0.4.0"},
    {"pullrequest.updated", "dev.cdevents.change.updated.0.3.0"},
    {"pullrequest.source_updated", "dev.cdevents.change.updated.0.3.0"},
    {"pullrequest.target_updated", "dev.cdevents.change.updated.0.3.0"},
    {"pullrequest.reviewers_updated", "dev.cdevents.change.updated.0.3.0"},
    {"pullrequest.reopened", "dev.cdevents.change.updated.0.3.0"},
    {"pullrequest.reviewed", "dev.cdevents.change.reviewed.0.3.0"},
    {"pullrequest.merged", "dev.cdevents.change.merged.0.3.0"},
    {"pullrequest.declined", "dev.cdevents.change.abandoned.0.3.0"},
    {"pullrequest.superseded", "dev.cdevents.change.abandoned.0.3.0"},
    {"pullrequest.deleted", "dev.cdevents.change.abandoned.0.3.0"},
    {"pullrequest.comment_created", "dev.cdeventsx.bitbucket-comment.created.0.1.0"},
    {"pullrequest.comment_updated", "dev.cdeventsx.bitbucket-comment.updated.0.1.0"},
    {"pullrequest.comment_deleted", "dev.cdeventsx.bitbucket-comment.deleted.0.1.0"},
    {"pullrequest.comment_resolved", "dev.cdeventsx.bitbucket-comment.resolved.0.1.0"},
    {"pullrequest.comment_reopened", "dev.cdeventsx.bitbucket-comment.reopened.0.1.0"},
    {"buildstatus.reported", "dev.cdevents.pipelinerun.finished.0.3.0"},
    {"pipelinerun.queued", "dev.cdevents.pipelinerun.queued.0.3.0"},
    {"pipelinerun.started", "dev.cdevents.pipelinerun.started.0.3.0"},
    {"pipelinerun.finished", "dev.cdevents.pipelinerun.finished.0.3.0"},
    {"taskrun.finished", "dev.cdevents.taskrun.finished.0.3.0"},
    {"deployment.finished", "dev.cdevents.service.deployed.0.3.0"},
    {"issue.created", "dev.cdevents.ticket.created.0.2.0"},
    {"issue.updated", "dev.cdevents.ticket.updated.0.2.0"},
    {"issue.comment_created", "dev.cdeventsx.bitbucket-comment.created.0.1.0"},
};

std::string const source = "bitbucket://cloud/repositories/3deb8c29-778a-450c-8f69-3e50a18079df";
std::string const ledger = R"("repository":{"id":"3deb8c29-778a-450c-8f69-3e50a18079df","source":")" + source + R"("})";

// "type subject content" without the type's "dev." and version.
std::string told(event::event const& what)
{
    auto const made = project(what);
    if (!made)
        return "nothing";
    auto const name = made->type.substr(4, made->type.size() - 4 - std::string_view(".0.0.0").size());
    return std::string(name) + " " + made->subject_id + " " + made->content;
}

std::string told(type which, bool filled = true)
{
    test::samples of(filled);
    return told(of.of(which));
}

// The sample with one thing about it changed.
template <class Fact, class Change>
std::string told_with(type which, Change change)
{
    test::samples of;
    auto what = of.of(which);
    change(std::get<Fact>(what.data), what);
    return told(what);
}

event::encoding only_cdevents()
{
    event::encoding how;
    how.topics.set(static_cast<std::size_t>(event::topic::cdevents));
    return how;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(projection)

BOOST_AUTO_TEST_CASE(each_type_is_what_the_specification_says_and_the_others_are_nothing)
{
    type_names found;
    for (std::size_t at = 0; at < event::type_count; ++at) {
        test::samples of;
        auto const what = of.of(static_cast<type>(at));
        if (auto const made = project(what))
            found.emplace(event::type_of(what.type).name, made->type);
    }
    BOOST_TEST((found == mapping));
}

BOOST_AUTO_TEST_CASE(repositories_are_called_by_their_ids)
{
    BOOST_TEST(told(type::repository_created) ==
               "cdevents.repository.created 3deb8c29-778a-450c-8f69-3e50a18079df "
               R"({"name":"Ledger","owner":"acme","uri":"https://bitbucket.org/acme/ledger.git",)"
               R"("viewUrl":"https://bitbucket.org/acme/ledger"})");
    BOOST_TEST(told(type::repository_created, false) ==
               "cdevents.repository.created 3deb8c29-778a-450c-8f69-3e50a18079df "
               R"({"name":"3deb8c29-778a-450c-8f69-3e50a18079df","uri":")" +
                   source + "\"}");
    BOOST_TEST(told(type::repository_deleted, false) ==
               "cdevents.repository.deleted 3deb8c29-778a-450c-8f69-3e50a18079df {}");
}

BOOST_AUTO_TEST_CASE(branches_come_and_go_and_all_else_about_refs_is_our_own)
{
    auto const ref = [](type which, std::string_view name, std::string_view kind) {
        return told_with<event::ref_change>(which, [&](event::ref_change& change, event::event& what) {
            change.ref = {name, "x", kind};
            what.subject = name;
        });
    };
    BOOST_TEST(ref(type::ref_created, "refs/heads/x", "branch") ==
               "cdevents.branch.created refs/heads/x {" + ledger + "}");
    BOOST_TEST(ref(type::ref_deleted, "refs/heads/x", "branch") ==
               "cdevents.branch.deleted refs/heads/x {" + ledger + "}");
    BOOST_TEST(told(type::ref_updated) == R"(cdeventsx.bitbucket-ref.updated refs/heads/main {"name":"main",)"
                                          R"("oldSha":"2222222222222222222222222222222222222222",)"
                                          R"("newSha":"1111111111111111111111111111111111111111",)" +
                                              ledger + "}");
    BOOST_TEST(ref(type::ref_updated, "refs/tags/x", "tag").starts_with("cdeventsx.bitbucket-tag.updated refs/tags/x"));
    BOOST_TEST(ref(type::ref_deleted, "refs/tags/x", "tag").starts_with("cdeventsx.bitbucket-tag.deleted refs/tags/x"));
    BOOST_TEST(ref(type::ref_created, "refs/notes/x", "other").starts_with("cdeventsx.bitbucket-ref.created "));
    BOOST_TEST(told(type::commit_added) ==
               "cdeventsx.bitbucket-commit.added commits/1111111111111111111111111111111111111111 "
               R"({"sha":"1111111111111111111111111111111111111111","ref":"refs/heads/main",)" +
                   ledger + "}");
}

BOOST_AUTO_TEST_CASE(pull_requests_are_changes_and_an_empty_description_is_left_out)
{
    BOOST_TEST(told(type::pullrequest_opened) ==
               R"(cdevents.change.created pullrequests/42 {"description":"As accountants do.",)" + ledger + "}");
    auto const undescribed = told_with<event::pull_request_fact>(type::pullrequest_opened,
                                                                 [](event::pull_request_fact& fact, event::event&) {
                                                                     static event::pull_request without;
                                                                     without = *fact.pull_request;
                                                                     without.description = "";
                                                                     fact.pull_request = &without;
                                                                 });
    BOOST_TEST(undescribed == "cdevents.change.created pullrequests/42 {" + ledger + "}");
    BOOST_TEST(told(type::pullrequest_merged) == "cdevents.change.merged pullrequests/42 {" + ledger + "}");
    auto const reviewed = [](std::string_view verdict) {
        return told_with<event::pull_request_reviewed>(
            type::pullrequest_reviewed,
            [&](event::pull_request_reviewed& fact, event::event&) { fact.verdict = verdict; });
    };
    BOOST_TEST(reviewed("changes_requested") == "cdevents.change.reviewed pullrequests/42 {" + ledger + "}");
    BOOST_TEST(reviewed("none") == "nothing");
}

BOOST_AUTO_TEST_CASE(comments_say_on_what)
{
    auto const on = [](std::string const& name, std::string const& id) {
        return "{\"" + name + R"(":{"id":")" + id + R"(","source":")" + source + "\"}," + ledger + "}";
    };
    BOOST_TEST(told(type::pullrequest_comment_resolved) ==
               "cdeventsx.bitbucket-comment.resolved pullrequests/42/comments/9 " + on("change", "pullrequests/42"));
    BOOST_TEST(told(type::issue_comment_created) ==
               "cdeventsx.bitbucket-comment.created issues/7/comments/9 " + on("ticket", "issues/7"));
    std::string const commit = "commits/1111111111111111111111111111111111111111";
    BOOST_TEST(told(type::commit_comment_created) ==
               "cdeventsx.bitbucket-comment.created " + commit + "/comments/9 " + on("commit", commit));
}

BOOST_AUTO_TEST_CASE(runs_have_an_outcome_where_it_is_known)
{
    auto const ended = [](std::string_view result) {
        return told_with<event::pipeline_run_fact>(type::pipelinerun_finished,
                                                   [&](event::pipeline_run_fact& fact, event::event&) {
                                                       static event::pipeline_run run;
                                                       run = *fact.run;
                                                       run.result = result;
                                                       run.url.reset();
                                                       fact.run = &run;
                                                   });
    };
    std::string const run = "cdevents.pipelinerun.finished pipelineruns/9f8b1f0e-6a1d-4a55-8f52-0d1c7c6b5a41 ";
    BOOST_TEST(ended("success") == run + R"({"pipelineName":"default","outcome":"success"})");
    BOOST_TEST(ended("failure") == run + R"({"pipelineName":"default","outcome":"failure"})");
    BOOST_TEST(ended("error") == run + R"({"pipelineName":"default","outcome":"error"})");
    BOOST_TEST(ended("cancelled") == run + R"({"pipelineName":"default","outcome":"cancel"})");
    BOOST_TEST(ended("expired") == run + R"({"pipelineName":"default","outcome":"failure"})");
    BOOST_TEST(ended("skipped") == run + R"({"pipelineName":"default"})");
    BOOST_TEST(told(type::pipelinerun_started, false) ==
               "cdevents.pipelinerun.started pipelineruns/9f8b1f0e-6a1d-4a55-8f52-0d1c7c6b5a41 "
               R"({"pipelineName":"9f8b1f0e-6a1d-4a55-8f52-0d1c7c6b5a41","uri":")" +
                   source + "\"}");
}

BOOST_AUTO_TEST_CASE(a_step_names_its_run_as_the_run_itself_is_named)
{
    auto const step =
        told_with<event::task_run_finished>(type::taskrun_finished, [](event::task_run_finished& fact, event::event&) {
            static event::task_run task;
            task = *fact.task;
            task.pipeline_id = "the-pipeline";
            fact.task = &task;
        });
    BOOST_TEST(step ==
               "cdevents.taskrun.finished taskruns/4c1a9c1e-2f7b-4c0f-9a77-5e1f3d2b6c42 "
               R"({"taskName":"Build","pipelineRun":{"id":"pipelineruns/the-pipeline","source":")" +
                   source + R"("},"outcome":"failure"})");
}

BOOST_AUTO_TEST_CASE(a_build_status_is_a_run_of_its_key_on_its_commit)
{
    auto const reported = [](std::string_view state, event::hash commit) {
        return told_with<event::build_status_reported>(type::buildstatus_reported,
                                                       [&](event::build_status_reported& fact, event::event&) {
                                                           static event::build_status status;
                                                           status = *fact.status;
                                                           status.state = state;
                                                           status.commit = commit;
                                                           fact.status = &status;
                                                       });
    };
    event::hash const whole{std::string_view("1111111111111111111111111111111111111111"),
                            std::string_view("111111111111")};
    event::hash const part{std::nullopt, std::string_view("111111111111")};
    std::string const named = R"( {"pipelineName":"Unit tests","uri":"https://ci.acme.example/builds/77")";
    std::string const run = "1111111111111111111111111111111111111111/unit-tests";
    BOOST_TEST(reported("in_progress", whole) == "cdevents.pipelinerun.started " + run + named + "}");
    BOOST_TEST(reported("successful", whole) ==
               "cdevents.pipelinerun.finished " + run + named + R"(,"outcome":"success"})");
    BOOST_TEST(reported("failed", part) ==
               "cdevents.pipelinerun.finished 111111111111/unit-tests" + named + R"(,"outcome":"failure"})");
    BOOST_TEST(reported("stopped", whole) ==
               "cdevents.pipelinerun.finished " + run + named + R"(,"outcome":"cancel"})");
    BOOST_TEST(reported("unknown", whole) == "nothing");
    BOOST_TEST(reported("successful", {}) == "nothing");
}

BOOST_AUTO_TEST_CASE(only_what_was_deployed_successfully_and_is_known_is_a_deployment)
{
    auto const deployed = [](auto change) {
        return told_with<event::deployment_fact>(type::deployment_finished,
                                                 [&](event::deployment_fact& fact, event::event&) {
                                                     static event::deployment deployment;
                                                     deployment = *fact.deployment;
                                                     change(deployment);
                                                     fact.deployment = &deployment;
                                                 });
    };
    BOOST_TEST(deployed([](event::deployment&) {}) ==
               "cdevents.service.deployed 3deb8c29-778a-450c-8f69-3e50a18079df "
               R"({"environment":{"id":"6f000000-0000-4000-8000-000000000006","source":")" +
                   source + R"("},"artifactId":"pkg:bitbucket/acme/ledger@1111111111111111111111111111111111111111"})");
    BOOST_TEST(deployed([](event::deployment& of) { of.result = "failure"; }) == "nothing");
    BOOST_TEST(deployed([](event::deployment& of) { of.environment.reset(); }) == "nothing");
    BOOST_TEST(deployed([](event::deployment& of) { of.commit.sha.reset(); }) == "nothing");
}

BOOST_AUTO_TEST_CASE(an_issue_that_this_change_closed_is_a_closed_ticket)
{
    auto const moved_to = [](std::string_view field, std::string_view state) {
        return told_with<event::issue_updated>(type::issue_updated, [&](event::issue_updated& fact, event::event&) {
            static event::field_change change;
            change = {field, std::string_view("open"), state};
            fact.changes = event::field_changes(&change, 1);
        });
    };
    auto const common = std::string(
        R"( issues/7 {"summary":"Rounding is off","ticketType":"bug","group":"core","priority":"major",)"
        R"("milestone":"1.1","creator":"1f0c7a2e-5b0d-4b55-9c0b-3c9e2a6b7d02",)"
        R"("assignees":["1f0c7a2e-5b0d-4b55-9c0b-3c9e2a6b7d01"],"updatedBy":"1f0c7a2e-5b0d-4b55-9c0b-3c9e2a6b7d01",)"
        R"("uri":"https://bitbucket.org/acme/ledger/issues/7")");
    BOOST_TEST(moved_to("state", "on_hold") == "cdevents.ticket.updated" + common + "}");
    BOOST_TEST(moved_to("title", "resolved") == "cdevents.ticket.updated" + common + "}");
    BOOST_TEST(moved_to("state", "resolved") == "cdevents.ticket.closed" + common + R"(,"resolution":"completed"})");
    BOOST_TEST(moved_to("state", "duplicate") == "cdevents.ticket.closed" + common + R"(,"resolution":"duplicate"})");
    BOOST_TEST(moved_to("state", "wontfix") == "cdevents.ticket.closed" + common + R"(,"resolution":"withdrawn"})");
    BOOST_TEST(told(type::issue_created, false) ==
               R"(cdevents.ticket.created issues/7 {"summary":"","creator":"unknown","uri":"issues/7"})");
}

BOOST_AUTO_TEST_CASE(what_is_no_uri_is_not_told_as_one)
{
    for (auto const* each : {"https://bitbucket.org/acme/ledger", "bitbucket://cloud/system", "pkg:bitbucket/a/b@1",
                             "https://h/%7Ba%7D?b=c#d", "ssh://git@[::1]:7999/a.git"})
        BOOST_TEST(event::cdevents::is_uri(each), each);
    for (auto const* each : {"", "acme/ledger", "https:", "://x", "1x:y", "https://h/a b", "https://h/%7",
                             "https://h/%zz", "https://h/ü", "https://h/#a#b", "https://h/\"", "h ttp://x"})
        BOOST_TEST(!event::cdevents::is_uri(each), each);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(cdevents)

BOOST_AUTO_TEST_CASE(the_id_is_made_of_the_events_id_and_the_type)
{
    event::uuid const native{
        {0x78, 0x8a, 0x4d, 0x9b, 0x98, 0x59, 0x58, 0x6c, 0xb9, 0x58, 0xa7, 0x0b, 0xf3, 0xe6, 0x85, 0x9d}};
    std::string id;
    event::append_uuid(id, event::cdevents::id_of(native, "dev.cdevents.change.created.0.4.0"));
    BOOST_TEST(id == "9ace72b5-5265-5a13-9f88-ca3a1265f4f7");
}

BOOST_AUTO_TEST_CASE(they_come_behind_all_events_of_their_record_and_move_none)
{
    test::samples opened, secret, merged;
    std::vector<event::event> events{opened.of(type::pullrequest_opened), secret.of(type::secret_detected),
                                     merged.of(type::pullrequest_merged)};
    for (std::uint32_t index = 0; index < events.size(); ++index)
        events[index].position = {1042, index};
    auto const positions = [&](event::encoding const& how, event::event_choice const& wanted = {}) {
        event::batch out;
        event::encode_record(events, how, recorded, out, wanted);
        std::string text;
        for (std::size_t at = 0; at < out.size(); ++at)
            text += std::string(event::topic_name(out[at].topic)) + " " + std::to_string(out[at].position.index) + ", ";
        return text;
    };
    BOOST_TEST(positions({}) == "pullrequest.v1 0, security.v1 1, pullrequest.v1 2, ");
    BOOST_TEST(positions(only_cdevents()) ==
               "pullrequest.v1 0, security.v1 1, pullrequest.v1 2, cdevents.v1 3, cdevents.v1 4, ");
    BOOST_TEST(positions(only_cdevents(), [](event::event const& each) {
                   return each.type == type::pullrequest_merged;
               }) == "pullrequest.v1 2, cdevents.v1 4, ");
}

BOOST_AUTO_TEST_CASE(more_than_a_sequence_can_count_become_one_dead_letter)
{
    test::samples of;
    auto one = of.of(type::pullrequest_merged);
    auto none = of.of(type::unknown_received);
    std::vector<event::event> events(999'998, none);
    for (auto const at : {0u, 1u, 2u})
        events[at] = one;
    event::batch out;
    event::encode_record(events, only_cdevents(), recorded, out,
                         [](event::event const& each) { return each.type == type::pullrequest_merged; });
    BOOST_TEST_REQUIRE(out.size() == 5u);
    BOOST_TEST((out[3].topic == event::topic::cdevents));
    BOOST_TEST(out[3].position.index == 999'998u);
    BOOST_TEST((out[4].topic == event::topic::dlq));
    BOOST_TEST(out[4].position.index == 999'999u);
}

BOOST_AUTO_TEST_CASE(they_are_cloudevents_of_the_same_source_time_and_key)
{
    test::samples of;
    event::event const opened = of.of(type::pullrequest_opened);
    auto how = only_cdevents();
    how.headers = true;
    how.mode = event::content_mode::binary;
    event::batch out;
    event::encode_record(std::span(&opened, 1), how, recorded, out);
    BOOST_TEST_REQUIRE(out.size() == 2u);
    auto const native = [&](std::string_view name) { return event::header_of(out[0].headers, "ce_", name); };
    auto const made = [&](std::string_view name) { return event::header_of(out[1].headers, "ce_", name); };
    BOOST_TEST(out[1].key == out[0].key);
    for (auto const* name : {"specversion", "source", "time", "partitionkey", "correlationid", "bborigin"})
        BOOST_TEST(made(name) == native(name), name);
    BOOST_TEST(made("type") == "dev.cdevents.change.created.0.4.0");
    BOOST_TEST(made("subject") == "pullrequests/42");
    BOOST_TEST(made("dataschema") == "https://cdevents.dev/0.5.1/schema/change-created-event");
    BOOST_TEST(made("causationid") == native("id"));
    BOOST_TEST(event::header_of(out[1].headers, "", "content-type") == "application/cdevents+json");
    BOOST_TEST(out[1].value.starts_with(R"({"context":{"specversion":"0.5.1","id":")" + std::string(made("id")) +
                                        R"(","source":")" + source));
    auto const begin = out[1].value.find(R"("nativeType":"dev.bbstream.pullrequest.opened.v1",)");
    BOOST_TEST_REQUIRE(begin != std::string_view::npos);
    BOOST_TEST(out[1].value.find(out[0].value.substr(1), begin) != std::string_view::npos);
}

BOOST_AUTO_TEST_CASE(whole_ones_are_written_down)
{
    std::string lines;
    for (bool const filled : {true, false})
        for (std::size_t at = 0; at < event::type_count; ++at) {
            test::samples of(filled);
            auto const what = of.of(static_cast<type>(at));
            event::batch out;
            event::encode_record(std::span(&what, 1), only_cdevents(), recorded, out);
            if (out.size() == 2)
                lines += std::string(out[1].value) + "\n";
        }
    auto const path = std::filesystem::path(BBSTREAM_SOURCE_DIR) / "tests/golden/cdevents/samples.jsonl";
    if (std::getenv("REGENERATE")) {
        std::ofstream(path) << lines;
        return;
    }
    std::ostringstream expected;
    expected << std::ifstream(path).rdbuf();
    BOOST_TEST(lines == expected.str(), path);
}

BOOST_AUTO_TEST_SUITE_END()
