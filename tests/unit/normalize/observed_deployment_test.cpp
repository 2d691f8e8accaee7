// What REST shows of deployments, folded between what it shows of the pipelines that they come of, and webhooks.
#include "normalize/reconcile_view.hpp"
#include "piped_records.hpp"

#include <boost/test/unit_test.hpp>

namespace bbstream {

namespace {

using test::run;
using test::second;
using test::strings;
using test::time_at;

struct deployed {
    std::string id = "d1";
    std::string state = "COMPLETED";
    int started = 1;  // minutes
    int ended = 5;
    std::string result = "SUCCESSFUL";
    bool dated = true;
    std::string environment = R"({"uuid":"{e1}","name":"Live","environment_type":{"name":"Production"}})";

    std::string rest() const
    {
        std::string times, changed;
        if (dated && state != "UNDEPLOYED") {
            times = R"(,"started_on":")" + time_at(started) + "\"";
            if (state == "COMPLETED")
                times += R"(,"completed_on":")" + time_at(ended) + "\"";
            changed = R"(,"last_update_time":")" + time_at(state == "COMPLETED" ? ended : started) + "\"";
        }
        return R"({"uuid":"{)" + id + R"(}","environment":)" + environment + R"(,"state":{"name":")" + state + "\"" +
               (state == "COMPLETED" ? R"(,"status":{"name":")" + result + "\"}" : "") + times +
               R"(,"url":"https://b/acme/one/steps/1"},"release":{"name":"#7","commit":{"hash":")" +
               std::string(40, 'a') + R"("}})" + changed + "}";
    }
};

struct deploying_repository : test::piped_records {
    // A page of a walk; `next`: there is one behind it.
    strings page(int number, bool next, std::vector<deployed> const& shown)
    {
        return list("rest:deployments", number, next, shown);
    }
    // A whole walk, whose only page shows these.
    strings walk(std::vector<deployed> const& shown) { return page(0, false, shown); }
    strings look_up(deployed const& of) { return one("rest:deployment", "deployment", of.id, of.rest()); }
    strings miss(std::string const& id) { return one("rest:deployment", "deployment", id, ""); }

    // A whole walk through pipelines.
    strings pipelines(std::vector<run> const& shown) { return list("rest:pipelines", 0, false, shown); }
    strings step_span() { return span("bbc.step", attribute("step.uuid", "{s1}"), 1, 1, 0); }

    normalize::deployments_view view() { return normalize::view_reconciliation(*in.state, "cloud", "r1").deployments; }
    // Those that go on.
    std::string open()
    {
        std::string all;
        for (auto const& each : view().open)
            all += (all.empty() ? "" : " ") + each.id;
        return all;
    }
};

strings const started{"deployment.started deployments/d1"};
strings const finished{"deployment.finished deployments/d1"};
strings const both{started.front(), finished.front()};

// After a first look.
deploying_repository looked_at(std::vector<deployed> const& shown = {})
{
    deploying_repository repository;
    repository.pipelines({{}});
    BOOST_TEST(repository.walk(shown) == strings());
    return repository;
}

bool holds(std::string const& text, std::string const& part)
{
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(observed_deployments)

BOOST_AUTO_TEST_CASE(what_was_there_at_first_sight_is_no_news)
{
    std::vector<deployed> const before{{}, {.id = "d2", .ended = -600}, {.id = "d3", .state = "UNDEPLOYED"}};
    auto repository = looked_at(before);
    BOOST_TEST(repository.view().baseline);
    for (int looks = 0; looks < 3; ++looks)
        BOOST_TEST(repository.walk(before) == strings());
    BOOST_TEST(repository.open() == "");
}

BOOST_AUTO_TEST_CASE(what_went_on_at_first_sight_is_told_when_it_ends_and_that_it_began_is_not)
{
    auto repository = looked_at({{.state = "IN_PROGRESS"}});
    BOOST_TEST(repository.open() == "d1");
    BOOST_TEST(repository.walk({{.state = "IN_PROGRESS"}}) == strings());
    BOOST_TEST(repository.look_up({}) == finished);
    BOOST_TEST(repository.open() == "");
    BOOST_TEST(repository.walk({{}}) == strings());
}

BOOST_AUTO_TEST_CASE(each_phase_is_told_once_whatever_shows_it)
{
    auto repository = looked_at();
    BOOST_TEST(repository.walk({{.state = "UNDEPLOYED"}}) == strings());
    BOOST_TEST(repository.walk({{.state = "IN_PROGRESS"}}) == started);
    auto ids = repository.ids;
    BOOST_TEST(repository.look_up({.state = "IN_PROGRESS"}) == strings());
    BOOST_TEST(repository.walk({{.state = "IN_PROGRESS"}}) == strings());
    BOOST_TEST(repository.look_up({}) == finished);
    ids.push_back(repository.ids.front());
    BOOST_TEST(repository.walk({{}}) == strings());
    BOOST_TEST(repository.look_up({.state = "IN_PROGRESS"}) == strings());  // an old answer
    BOOST_TEST(repository.open() == "");

    auto at_once = looked_at();
    BOOST_TEST(at_once.walk({{}}) == both);
    BOOST_TEST(at_once.ids == ids, boost::test_tools::per_element());
    BOOST_TEST(at_once.walk({{}}) == strings());
}

BOOST_AUTO_TEST_CASE(a_deployment_says_what_it_was)
{
    auto repository = looked_at();
    repository.walk({{.result = "FAILED"}});
    auto const& began = repository.values.at(0);
    auto const& ended = repository.values.at(1);
    for (auto const& part : {std::string(R"("bborigin":"poll")"), std::string(R"("deploymentId":"d1")"),
                             std::string(R"("environment":{"id":"e1","name":"Live","type":"production"})"),
                             R"("sha":")" + std::string(40, 'a'), std::string(R"("release":"#7")"),
                             R"("startedAt":")" + time_at(1), std::string(R"("url":"https://b/acme/one/steps/1")")}) {
        BOOST_TEST(holds(began, part), part << " in " << began);
        BOOST_TEST(holds(ended, part), part << " in " << ended);
    }
    for (auto const& part :
         {R"("time":")" + time_at(1), std::string(R"("state":"in_progress","sourceState":"IN_PROGRESS","result":null)"),
          std::string(R"("finishedAt":null)")})
        BOOST_TEST(holds(began, part), part << " in " << began);
    for (auto const& part :
         {R"("time":")" + time_at(5), std::string(R"("state":"finished","sourceState":"COMPLETED","result":"failure")"),
          R"("finishedAt":")" + time_at(5)})
        BOOST_TEST(holds(ended, part), part << " in " << ended);
}

BOOST_AUTO_TEST_CASE(words_that_nobody_knows_are_unknown_and_what_is_not_there_is_null)
{
    auto repository = looked_at();
    BOOST_TEST(repository.walk({{.result = "ROLLED_BACK", .environment = "{}"}}) == both);
    BOOST_TEST(holds(repository.values.at(1), R"("environment":{"id":null,"name":null,"type":null})"));
    BOOST_TEST(holds(repository.values.at(1), R"("result":"unknown")"));
    BOOST_TEST(repository.walk({{.id = "d2", .state = "HELD", .environment = "null"}}) ==
               strings{"deployment.started deployments/d2"});
    BOOST_TEST(holds(repository.values.front(), R"("environment":null)"));
    BOOST_TEST(repository.open() == "d2");
    BOOST_TEST(repository.walk({{.id = "d3", .state = "HELD", .dated = false}}) == strings());  // it may be waiting
    BOOST_TEST(repository.open() == "d2");
}

BOOST_AUTO_TEST_CASE(a_start_without_a_date_is_told_only_if_it_was_seen)
{
    auto repository = looked_at();
    BOOST_TEST(repository.walk({{.dated = false}}) == finished);
    BOOST_TEST(repository.walk({{.dated = false}}) == strings());
    BOOST_TEST(repository.walk({{.id = "d2", .state = "IN_PROGRESS", .dated = false}}) ==
               strings{"deployment.started deployments/d2"});
}

BOOST_AUTO_TEST_CASE(pages_count_once_in_order_and_only_a_whole_walk_is_a_baseline)
{
    deploying_repository repository;
    repository.pipelines({{}});
    BOOST_TEST(repository.page(0, true, {{}}) == strings());
    BOOST_TEST(!repository.view().baseline);
    BOOST_TEST(repository.view().pages.pages == 1u);
    BOOST_TEST(repository.page(2, false, {{.id = "d2"}}) == strings());  // none of this walk
    BOOST_TEST(!repository.view().baseline);
    BOOST_TEST(repository.page(1, false, {{.id = "d3"}, {.id = "d4"}}) == strings());
    BOOST_TEST(repository.view().baseline);
    BOOST_TEST(repository.view().length == 3u);
    BOOST_TEST(repository.walk({{.id = "d2"}, {}, {.id = "d3"}, {.id = "d4"}}).size() == 2u);  // d2
}

// The listing has no order: what changed while a walk went on may have been on a page that was read before.
BOOST_AUTO_TEST_CASE(what_changes_while_a_walk_goes_on_is_found_by_the_next_one)
{
    auto repository = looked_at();
    BOOST_TEST(repository.page(0, true, {{.state = "UNDEPLOYED"}}) == strings());
    repository.now += 3600 * second;
    BOOST_TEST(repository.page(1, false, {{.id = "d2", .started = 60, .ended = 61}}).size() == 2u);
    BOOST_TEST(repository.walk({{.started = 10, .ended = 11}, {.id = "d2", .started = 60, .ended = 61}}) == both);
}

BOOST_AUTO_TEST_CASE(what_changed_before_the_last_walk_was_seen_by_it)
{
    auto repository = looked_at({{.id = "d2", .ended = 30}});
    repository.now += 3600 * second;
    repository.walk({{.id = "d2", .ended = 30}});
    BOOST_TEST(repository.walk({{.ended = 5}}) == strings());  // it would have been on a page
    BOOST_TEST(repository.walk({{.id = "d3", .ended = 27}}).size() == 2u);
}

BOOST_AUTO_TEST_CASE(where_there_were_no_pipelines_or_no_repository_all_is_news)
{
    deploying_repository none;
    none.pipelines({});
    BOOST_TEST(!none.view().possible);
    BOOST_TEST(none.view().baseline);
    none.pipelines({{.state = "RUNNING"}});
    BOOST_TEST(none.view().possible);
    BOOST_TEST(none.walk({{}}) == both);

    deploying_repository fresh;
    fresh.fresh = true;
    BOOST_TEST(fresh.walk({{}}) == both);
}

BOOST_AUTO_TEST_CASE(they_are_read_again_when_pipelines_have_gone_on)
{
    auto repository = looked_at();
    auto const goes_stale = [&](run const& shown) {
        repository.pipelines({{}, shown});
        bool const stale = repository.view().stale;
        repository.walk({});
        BOOST_TEST(!repository.view().stale);
        return stale;
    };
    BOOST_TEST(!goes_stale({}));
    BOOST_TEST(!goes_stale({.id = "p2", .state = "PENDING"}));  // nothing has begun
    BOOST_TEST(goes_stale({.id = "p2", .state = "RUNNING"}));
    BOOST_TEST(!goes_stale({.id = "p2", .state = "RUNNING"}));
    BOOST_TEST(goes_stale({.id = "p2", .state = "PAUSED"}));
    BOOST_TEST(goes_stale({.id = "p2"}));
    BOOST_TEST(goes_stale({.id = "p2"}));  // that it ended is told
    BOOST_TEST(!goes_stale({.id = "p2"}));
    BOOST_TEST(repository.step_span().size() >= 1u);
    BOOST_TEST(repository.view().stale);
    repository.walk({});
    BOOST_TEST(repository.step_span().empty());
    BOOST_TEST(!repository.view().stale);
}

BOOST_AUTO_TEST_CASE(what_is_gone_is_watched_no_more)
{
    auto repository = looked_at({{.state = "IN_PROGRESS"}});
    BOOST_TEST(repository.miss("d1") == strings());
    BOOST_TEST(repository.open() == "");
}

BOOST_AUTO_TEST_CASE(so_many_are_watched_and_not_more)
{
    std::vector<deployed> many;
    for (std::size_t at = 0; at <= state::open_deployments_max; ++at)
        many.push_back({.id = "d" + std::to_string(at), .state = "IN_PROGRESS"});
    auto repository = looked_at(many);
    BOOST_TEST(repository.view().open.size() == state::open_deployments_max);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace bbstream
