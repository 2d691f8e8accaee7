// What REST shows of pipelines, folded between webhooks: the same facts with the same ids, each once.
#include "normalize/reconcile_view.hpp"
#include "piped_records.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace bbstream {

namespace {

using state::run_stage;
using test::run;
using test::second;
using test::strings;
using test::time_at;

struct step {
    std::string id = "s1";
    int number = 1;
    std::string state = "COMPLETED";
    bool begun = true;
    int ended = 4;

    std::string rest() const
    {
        return R"({"uuid":"{)" + id + R"(}","name":"Build","run_number":)" + std::to_string(number) +
               R"(,"state":{"name":")" + state + R"(","result":{"name":")" + (begun ? "SUCCESSFUL" : "NOT_RUN") +
               "\"}}" +
               (begun ? R"(,"started_on":")" + time_at(1) + R"(","completed_on":")" + time_at(ended) + "\"" : "") + "}";
    }
};

struct piped_repository : test::piped_records {
    // A page of a walk; `next`: there is one behind it.
    strings page(int number, bool next, std::vector<run> const& shown)
    {
        return list("rest:pipelines", number, next, shown);
    }
    // A whole walk, whose only page shows these.
    strings walk(std::vector<run> const& shown) { return page(0, false, shown); }
    strings look_up(run const& of) { return one("rest:pipeline", "pipeline", of.id, of.rest()); }
    strings miss(std::string const& id) { return one("rest:pipeline", "pipeline", id, ""); }
    strings steps(run const& of, std::vector<step> const& shown, bool last = true)
    {
        begin_meta(R"(,"page":0,"pipeline":")" + of.id + R"(","run":)" + std::to_string(of.number) +
                   (last ? R"(,"last":true)" : ""));
        return apply("rest:steps", list_of(shown));
    }

    // Spans; `number` as they count runs, `late`: seconds by which their end differs from REST's.
    strings run_span(run const& of, int number, int late = 0)
    {
        return span("bbc.pipeline_run", attribute("pipeline.uuid", "{" + of.id + "}"), number, of.ended, late);
    }
    strings step_span(step const& of, int number, int late = 0)
    {
        return span("bbc.step", attribute("step.uuid", "{" + of.id + "}"), number, of.ended, late);
    }

    normalize::pipelines_view view() { return normalize::view_reconciliation(*in.state, "cloud", "r1").pipelines; }
    // "" where none is watched, else where each stands.
    std::string stages()
    {
        static constexpr char const* names[] = {"queued", "running", "paused", "ending", "ended"};
        std::string all;
        for (auto const& each : view().runs)
            all += (all.empty() ? "" : " ") + each.id + ":" + names[static_cast<int>(each.is.stage)];
        return all;
    }
};

strings const run_finished{"pipelinerun.finished pipelineruns/p1"};
strings const step_finished{"taskrun.finished taskruns/s1"};

piped_repository watched(std::vector<run> const& shown = {})
{
    piped_repository repository;
    BOOST_TEST(repository.walk(shown) == strings());
    return repository;
}

bool holds(std::string const& text, std::string const& part)
{
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(observed_pipelines)

BOOST_AUTO_TEST_CASE(what_had_ended_at_first_sight_is_no_news)
{
    auto repository = watched({{}, {.id = "p2", .made = -60}, {.id = "p3", .number = 2, .made = -600}});
    BOOST_TEST(repository.view().baseline);
    for (int looks = 0; looks < 3; ++looks) {
        BOOST_TEST(repository.walk({{}, {.id = "p2", .made = -60}, {.id = "p3", .number = 2, .made = -600}}) ==
                   strings());
        BOOST_TEST(repository.stages() == "");
    }
}

BOOST_AUTO_TEST_CASE(what_went_on_at_first_sight_is_told_when_it_ends)
{
    for (auto const* before : {"PENDING", "RUNNING", "PAUSED"}) {
        auto repository = watched({{.state = before}});
        BOOST_TEST(repository.view().runs.size() == 1u);
        BOOST_TEST(repository.walk({{.state = before}}) == strings());
        BOOST_TEST(repository.look_up({}) == strings());  // its webhook may be on its way
        BOOST_TEST(repository.stages() == "p1:ending");
        BOOST_TEST(repository.look_up({}) == run_finished);
        BOOST_TEST(repository.stages() == "p1:ended");
        BOOST_TEST(repository.walk({{}}) == strings());
    }
}

BOOST_AUTO_TEST_CASE(a_lost_end_has_the_id_of_its_webhook_and_one_that_comes_late_is_told_already)
{
    for (int const number : {1, 2}) {
        run const ended{.number = number};
        step const done{.number = number};
        auto told = watched(), missed = watched();
        BOOST_TEST(told.step_span(done, number) == step_finished);
        auto const step_ids = told.ids;
        BOOST_TEST(told.run_span(ended, number) == run_finished);
        auto const ids = told.ids;
        for (int looks = 0; looks < 2; ++looks)
            BOOST_TEST(told.walk({ended}) == strings());
        BOOST_TEST(told.stages() == "p1:ended");
        BOOST_TEST(told.steps(ended, {done}) == strings());
        BOOST_TEST(told.stages() == "");

        BOOST_TEST(missed.walk({ended}) == strings());
        BOOST_TEST(missed.walk({ended}) == run_finished);
        BOOST_TEST(missed.ids == ids, boost::test_tools::per_element());
        BOOST_TEST(missed.steps(ended, {done}) == step_finished);
        BOOST_TEST(missed.ids == step_ids, boost::test_tools::per_element());
        BOOST_TEST(missed.run_span(ended, number) == strings());
        BOOST_TEST(missed.step_span(done, number) == strings());
        for (int looks = 0; looks < 2; ++looks)
            BOOST_TEST(missed.walk({ended}) == strings());
        BOOST_TEST(missed.stages() == "");
    }
}

BOOST_AUTO_TEST_CASE(a_found_run_says_what_it_was)
{
    auto repository = watched();
    run const failed{.result = "FAILED"};
    repository.walk({failed});
    BOOST_TEST(repository.walk({failed}) == run_finished);
    auto const& value = repository.values.front();
    for (auto const& part :
         {std::string(R"("bborigin":"poll")"), std::string(R"("result":"failure")"),
          std::string(R"("sourceState":"COMPLETED")"), std::string(R"("sourceResult":"FAILED")"),
          std::string(R"("trigger":"push")"), std::string(R"("name":"refs/heads/main")"),
          R"("sha":")" + std::string(40, 'a'), R"("queuedAt":")" + time_at(0), R"("finishedAt":")" + time_at(5),
          R"("time":")" + time_at(5), std::string(R"("durationMs":90000)"),
          std::string(R"("url":"https://b/acme/one/pipelines/results/7")")})
        BOOST_TEST(holds(value, part), part << " in " << value);
    repository.steps(failed, {{}});
    BOOST_TEST(holds(repository.values.front(), R"("runId":"p1")"));
    BOOST_TEST(holds(repository.values.front(), R"("durationMs":180000)"));
}

BOOST_AUTO_TEST_CASE(a_webhook_that_comes_within_the_grace_is_the_one_that_tells)
{
    auto repository = watched();
    BOOST_TEST(repository.walk({{}}) == strings());
    BOOST_TEST(repository.run_span({}, 1) == run_finished);
    BOOST_TEST(repository.stages() == "p1:ended");
    BOOST_TEST(repository.look_up({}) == strings());
    BOOST_TEST(repository.steps({}, {{}}) == step_finished);
}

// Both count and date a run by themselves.
BOOST_AUTO_TEST_CASE(the_same_end_is_told_once_however_each_source_numbers_and_dates_it)
{
    auto by_webhook = watched(), by_rest = watched(), later = watched();
    BOOST_TEST(by_webhook.run_span({}, 7, 1) == run_finished);
    BOOST_TEST(by_webhook.step_span({}, 7, 1) == step_finished);
    by_webhook.walk({{}});
    BOOST_TEST(by_webhook.walk({{}}) == strings());
    BOOST_TEST(by_webhook.steps({}, {{}}) == strings());

    by_rest.walk({{}});
    BOOST_TEST(by_rest.walk({{}}) == run_finished);
    BOOST_TEST(by_rest.steps({}, {{}}) == step_finished);
    BOOST_TEST(by_rest.run_span({}, 7, 1) == strings());
    BOOST_TEST(by_rest.step_span({}, 7, 1) == strings());

    later.walk({{}});
    BOOST_TEST(later.walk({{}}) == run_finished);
    BOOST_TEST(later.run_span({}, 1, 20) == strings());
    BOOST_TEST(later.run_span({.number = 2, .ended = 6}, 2) == run_finished);
}

BOOST_AUTO_TEST_CASE(a_run_that_begins_again_is_told_again_under_its_number)
{
    auto repository = watched({{.result = "FAILED"}});
    run const again{.number = 2, .state = "RUNNING"};
    BOOST_TEST(repository.walk({again}) == strings{"pipelinerun.started pipelineruns/p1"});
    run const ended{.number = 2, .ended = 9};
    repository.walk({ended});
    BOOST_TEST(repository.walk({ended}) == run_finished);
    BOOST_TEST(holds(repository.values.front(), R"("runNumber":2)"));
    BOOST_TEST(repository.look_up({.result = "FAILED"}) == strings());  // an old answer
    BOOST_TEST(repository.stages() == "p1:ended");
    // What it shares with the run before is of that.
    BOOST_TEST(repository.steps(ended, {{.id = "s1", .number = 2}}) == step_finished);
    BOOST_TEST(repository.walk({ended}) == strings());
}

BOOST_AUTO_TEST_CASE(that_a_run_waits_and_goes_on_is_told_once_as_it_is_seen)
{
    auto repository = watched();
    BOOST_TEST(repository.walk({{.state = "PENDING"}}) == strings{"pipelinerun.queued pipelineruns/p1"});
    BOOST_TEST(holds(repository.values.front(), R"("time":")" + time_at(0)));
    BOOST_TEST(repository.walk({{.state = "PENDING"}}) == strings());
    BOOST_TEST(repository.look_up({.state = "RUNNING"}) == strings{"pipelinerun.started pipelineruns/p1"});
    BOOST_TEST(holds(repository.values.front(), R"("state":"running")"));
    BOOST_TEST(repository.look_up({.state = "PAUSED"}) == strings());
    BOOST_TEST(repository.stages() == "p1:paused");
    BOOST_TEST(repository.look_up({.state = "RUNNING"}) == strings());
    BOOST_TEST(repository.run_span({}, 1) == run_finished);
    BOOST_TEST(repository.look_up({.state = "RUNNING"}) == strings());  // an old answer
    BOOST_TEST(repository.stages() == "p1:ended");
}

BOOST_AUTO_TEST_CASE(an_old_answer_does_not_begin_a_run_that_has_ended)
{
    auto repository = watched();
    BOOST_TEST(repository.run_span({}, 1) == run_finished);
    BOOST_TEST(repository.walk({{.state = "RUNNING"}}) == strings());
    BOOST_TEST(repository.stages() == "");
}

BOOST_AUTO_TEST_CASE(all_in_a_new_repository_is_news)
{
    piped_repository repository;
    repository.fresh = true;
    repository.walk({{}});
    BOOST_TEST(repository.walk({{}}) == run_finished);
}

BOOST_AUTO_TEST_CASE(pages_count_once_and_the_last_one_says_how_far_it_went)
{
    auto repository = watched({{.made = 10, .ended = 20}});
    BOOST_TEST(repository.view().watermark == test::start_time + 600 * second);
    BOOST_TEST(repository.page(0, true, {{.id = "p2", .made = 30, .ended = 40}}) == strings());
    BOOST_TEST(repository.view().watermark == test::start_time + 600 * second);
    BOOST_TEST(repository.view().pages.pages == 1u);
    repository.page(0, true, {{.id = "p2", .made = 30, .ended = 40}});
    BOOST_TEST(repository.page(2, false, {}) == strings());  // none of this walk
    BOOST_TEST(repository.page(1, false, {{.id = "p3", .made = 11, .ended = 12}, {.id = "p4", .made = -30}}) ==
               strings());
    BOOST_TEST(repository.view().watermark == test::start_time + 1800 * second);
    BOOST_TEST(repository.stages() == "p2:ended p3:ending");  // p4 was there before anybody looked
}

BOOST_AUTO_TEST_CASE(steps_that_have_not_run_are_not_told_and_the_last_page_ends_the_watching)
{
    auto repository = watched();
    repository.walk({{}});
    repository.walk({{}});
    BOOST_TEST(repository.steps({}, {{.begun = false}, {.id = "s2", .state = "IN_PROGRESS"}}, false) == strings());
    BOOST_TEST(repository.stages() == "p1:ended");
    BOOST_TEST(repository.steps({}, {{}}) == step_finished);
    BOOST_TEST(repository.stages() == "");
}

BOOST_AUTO_TEST_CASE(what_is_gone_is_watched_no_more)
{
    auto repository = watched({{.state = "PAUSED"}});
    BOOST_TEST(repository.miss("p1") == strings());
    BOOST_TEST(repository.stages() == "");
}

BOOST_AUTO_TEST_CASE(so_many_are_watched_and_not_more)
{
    piped_repository repository;
    std::vector<run> many;
    for (std::size_t at = 0; at <= state::watched_runs_max; ++at)
        many.push_back({.id = "p" + std::to_string(at), .state = "PAUSED"});
    repository.walk(many);
    BOOST_TEST(repository.view().runs.size() == state::watched_runs_max);
}

BOOST_AUTO_TEST_CASE(runs_that_wait_for_somebody_make_room_for_others_the_oldest_first)
{
    auto repository = watched();
    for (std::size_t at = 0; at < state::watched_runs_max; ++at)
        repository.walk({run{.id = "w" + std::to_string(at), .state = "PAUSED"}});
    BOOST_TEST(repository.view().runs.size() == state::watched_runs_max);
    repository.walk({run{.id = "w0", .state = "PAUSED"}});  // the oldest one, seen again
    repository.walk({run{.state = "RUNNING"}});
    auto const runs = repository.view().runs;
    auto const has = [&](std::string const& id) {
        return std::ranges::any_of(runs, [&](auto const& each) { return each.id == id; });
    };
    BOOST_TEST(runs.size() == state::watched_runs_max);
    BOOST_TEST(has("p1"));
    BOOST_TEST(has("w0"));
    BOOST_TEST(!has("w1"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace bbstream
