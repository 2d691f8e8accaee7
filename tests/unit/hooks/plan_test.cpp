// What is done about the hooks that there are.
#include "hooks/plan.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream;
using namespace bbstream::hooks;

namespace {

constexpr char const* url = "https://bb.acme.example/webhooks/cloud";

place repository(std::string const& slug)
{
    return {level::repository, "acme", slug};
}
place const workspace{level::workspace, "acme", {}};

hook ours(std::string const& id, std::string const& created = "2026-01-01T00:00:00.000000Z")
{
    hook one;
    one.id = id;
    one.url = url;
    one.has_secret = true;
    one.events = {"repo:push", "pullrequest:created"};
    one.created = created;
    return one;
}

wishes wanted(level scope = level::repository)
{
    return {url, scope, {"pullrequest:created", "repo:push"}, true};
}

secret_state right_secret(place const&, hook const&)
{
    return secret_state::current;
}

std::string text(plan const& of)
{
    std::string all;
    for (auto const& each : of.steps) {
        all += std::string(deed_name(each.what)) + ' ' + place_text(each.where) + ' ' + each.present.id;
        for (auto const& why : each.why)
            all += " (" + why + ")";
        all += "; ";
    }
    return all;
}

std::string planned(std::vector<observed> const& there, bool prune = false, level scope = level::repository)
{
    return text(make_plan(there, wanted(scope), right_secret, prune));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hook_plan)

BOOST_AUTO_TEST_CASE(what_is_missing_is_created)
{
    BOOST_TEST(planned({{repository("api"), {}}}) == "create acme/api ; ");
    BOOST_TEST(planned({{workspace, {}}}, false, level::workspace) == "create workspace acme ; ");
    BOOST_TEST(planned({}) == "");
}

BOOST_AUTO_TEST_CASE(what_is_right_stays)
{
    BOOST_TEST(planned({{repository("api"), {ours("1")}}}) == "keep acme/api 1; ");
    // The order of events means nothing, nor does one twice.
    auto twice = ours("1");
    twice.events = {"pullrequest:created", "repo:push", "repo:push"};
    BOOST_TEST(planned({{repository("api"), {twice}}}) == "keep acme/api 1; ");
}

BOOST_AUTO_TEST_CASE(drift_is_updated_in_place_and_named)
{
    auto off = ours("1");
    off.active = false;
    off.events = {"repo:push", "repo:fork"};
    BOOST_TEST(planned({{repository("api"), {off}}}) ==
               "update acme/api 1 (inactive) (lacks pullrequest:created) (too much repo:fork); ");
}

BOOST_AUTO_TEST_CASE(secrets_that_are_not_known_to_be_right_are_set)
{
    auto const with = [](secret_state state, bool has_secret, bool signs) {
        auto one = ours("1");
        one.has_secret = has_secret;
        auto want = wanted();
        want.signs = signs;
        return text(make_plan(
            {{repository("api"), {one}}}, want, [state](place const&, hook const&) { return state; }, false));
    };
    BOOST_TEST(with(secret_state::other, true, true) == "update acme/api 1 (another secret); ");
    BOOST_TEST(with(secret_state::unknown, true, true) == "update acme/api 1 (nobody remembers which secret); ");
    BOOST_TEST(with(secret_state::current, false, true) == "update acme/api 1 (no secret); ");
    BOOST_TEST(with(secret_state::unknown, true, false) == "keep acme/api 1; ");
}

BOOST_AUTO_TEST_CASE(the_oldest_is_kept_and_the_others_are_duplicates)
{
    std::vector<observed> const there{
        {repository("api"),
         {ours("3", "2026-03-01T00:00:00.000000Z"), ours("9", "2026-01-01T00:00:00.000000Z"),
          ours("10", "2026-01-01T00:00:00.000000Z")}}};
    BOOST_TEST(planned(there) ==
               "keep acme/api 9; duplicate acme/api 10 (beside 9); duplicate acme/api 3 (beside 9); ");
    BOOST_TEST(planned(there, true) ==
               "keep acme/api 9; delete acme/api 10 (beside 9); delete acme/api 3 (beside 9); ");
}

BOOST_AUTO_TEST_CASE(the_one_at_the_configured_level_is_kept_even_if_it_is_younger)
{
    auto const young = ours("2", "2026-06-01T00:00:00.000000Z");
    std::vector<observed> const there{{repository("api"), {ours("1")}}, {workspace, {young}}};
    BOOST_TEST(planned(there, true, level::workspace) ==
               "keep workspace acme 2; delete acme/api 1 (webhook.scope is workspace); ");
    BOOST_TEST(planned(there, true) == "keep acme/api 1; delete workspace acme 2 (webhook.scope is repository); ");
}

BOOST_AUTO_TEST_CASE(nothing_is_deleted_before_what_replaces_it_is_there)
{
    std::vector<observed> const there{{workspace, {ours("1")}}, {repository("api"), {}}, {repository("web"), {}}};
    BOOST_TEST(planned(there, true) ==
               "create acme/api ; create acme/web ; "
               "delete workspace acme 1 (webhook.scope is repository); ");
}

BOOST_AUTO_TEST_CASE(hooks_of_others_are_left_alone)
{
    auto other = ours("7");
    other.url = "https://bb.acme.example/webhooks/cloud/";  // not byte for byte
    auto const made = make_plan({{repository("api"), {other, ours("1")}}}, wanted(), right_secret, true);
    BOOST_TEST(text(made) == "keep acme/api 1; ");
    BOOST_TEST(made.foreign == 1u);
    BOOST_TEST(made.count(deed::keep) == 1u);
    BOOST_TEST(made.count(deed::remove) == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
