// Repositories themselves as REST shows them: new, changed and gone ones, between webhooks.
#include "normalize/repositories_view.hpp"
#include "support/folding.hpp"

#include <boost/test/unit_test.hpp>

namespace bbstream {

namespace {

using strings = std::vector<std::string>;

constexpr micros second = 1'000'000;
constexpr int grace = 30;

std::string cloud_body(std::string const& slug, std::string const& updated, std::string const& about)
{
    return R"({"uuid":"{R1}","name":")" + slug + R"(","full_name":"acme/)" + slug + R"(","description":")" + about +
           R"(","is_private":true,"created_on":"2026-01-01T00:00:00+00:00","updated_on":"2026-01-)" + updated +
           R"(T00:00:00+00:00","project":{"uuid":"{P1}","key":"P"}})";
}

std::string datacenter_body(std::string const& slug, std::string const& project)
{
    return R"({"id":7,"slug":")" + slug + R"(","name":")" + slug + R"(","public":false,"project":{"id":)" + project +
           R"(,"key":"P)" + project + R"("}})";
}

// One repository's records, half a minute apart.
struct observed_repository {
    explicit observed_repository(product platform) : platform(platform) {}

    std::uint64_t asof() const { return in.next - 1; }

    strings show(std::string const& described, std::uint64_t asof_is, bool fresh = false)
    {
        return answer(described, described,
                      R"("asof":)" + std::to_string(asof_is) + R"(,"grace":30)" + (fresh ? R"(,"fresh":true)" : ""));
    }
    strings show(std::string const& described, bool fresh = false) { return show(described, asof(), fresh); }

    strings miss(std::string const& described, int absence_grace = 600)
    {
        return answer(
            described, R"({"type":"error"})",
            R"("asof":)" + std::to_string(asof()) + R"(,"found":false,"grace":)" + std::to_string(absence_grace));
    }

    strings hear(std::string const& key, std::string const& sent)
    {
        return apply(key, {}, sent, journal::origin::webhook);
    }

    test::folder in;
    product platform;
    micros now = test::start_time;
    strings ids, values;

   private:
    strings answer(std::string const& described, std::string const& sent, std::string const& more)
    {
        return apply("rest:repository", R"({"repository":)" + described + "," + more + "}", sent,
                     journal::origin::poll);
    }

    strings apply(std::string const& key, std::string what, std::string sent, journal::origin origin)
    {
        auto const events = in.apply({.body = std::move(sent),
                                      .event_key = key,
                                      .platform = platform,
                                      .instance = "any",
                                      .received = now,
                                      .origin = origin,
                                      .meta = std::move(what)});
        values = test::encode_all(events);
        ids = test::ids_of(events);
        now += grace * second;
        return test::types_of(events);
    }
};

std::string cloud_rename(std::string const& from, std::string const& to, std::string const& updated)
{
    auto const change = [](std::string const& name, std::string const& before, std::string const& after) {
        return "\"" + name + R"(":{"old":")" + before + R"(","new":")" + after + "\"}";
    };
    return R"({"repository":)" + cloud_body(to, updated, "") + R"(,"changes":{)" + change("name", from, to) + "," +
           change("full_name", "acme/" + from, "acme/" + to) + "," +
           change("updated_on", "2026-01-01T00:00:00+00:00", "2026-01-" + updated + "T00:00:00+00:00") + "}}";
}

std::string datacenter_modified(std::string const& before, std::string const& after)
{
    return R"({"eventKey":"repo:modified","date":"2026-01-02T00:00:00+0000","old":)" + before + R"(,"new":)" + after +
           "}";
}

bool holds(std::string const& text, std::string const& part)
{
    return text.find(part) != std::string::npos;
}

strings const updated{"repository.updated"};
strings const created{"repository.created"};
strings const transferred{"repository.transferred"};
strings const deleted{"repository.deleted"};
strings const nothing;

}  // namespace

BOOST_AUTO_TEST_SUITE(repositories_that_rest_shows)

BOOST_AUTO_TEST_CASE(first_sight_is_no_news_unless_it_was_made_since)
{
    observed_repository old(product::cloud);
    BOOST_TEST(old.show(cloud_body("one", "01", "")) == nothing);
    observed_repository fresh(product::cloud);
    BOOST_TEST(fresh.show(cloud_body("one", "01", ""), true) == created);
    BOOST_TEST(holds(fresh.values[0], R"("bborigin":"poll")"));
    auto const found = fresh.ids;
    BOOST_TEST(fresh.hear("repo:created", R"({"repository":)" + cloud_body("one", "01", "") + "}") == nothing);
    observed_repository heard(product::cloud);
    BOOST_TEST(heard.hear("repo:created", R"({"repository":)" + cloud_body("one", "01", "") + "}") == created);
    BOOST_TEST(heard.ids == found);
    BOOST_TEST(heard.show(cloud_body("one", "01", ""), true) == nothing);
}

BOOST_AUTO_TEST_CASE(a_lost_rename_has_the_id_of_its_webhook)
{
    observed_repository lost(product::cloud);
    lost.show(cloud_body("one", "01", ""));
    BOOST_TEST(lost.show(cloud_body("two", "05", "")) == nothing);
    BOOST_TEST(lost.show(cloud_body("two", "05", "")) == updated);
    BOOST_TEST(holds(lost.values[0], R"("fullName":{"old":"acme/one","new":"acme/two"})"), lost.values[0]);
    auto const found = lost.ids;
    BOOST_TEST(lost.show(cloud_body("two", "05", "")) == nothing);
    BOOST_TEST(lost.hear("repo:updated", cloud_rename("one", "two", "05")) == nothing);

    observed_repository heard(product::cloud);
    heard.show(cloud_body("one", "01", ""));
    BOOST_TEST(heard.hear("repo:updated", cloud_rename("one", "two", "05")) == updated);
    BOOST_TEST(heard.ids == found);
    BOOST_TEST(heard.show(cloud_body("two", "07", "")) == nothing);
    BOOST_TEST(heard.show(cloud_body("two", "07", "")) == nothing);
}

BOOST_AUTO_TEST_CASE(a_webhook_on_its_way_and_an_old_answer_tell_nothing_twice)
{
    observed_repository it(product::cloud);
    it.show(cloud_body("one", "01", ""));
    auto const asked = it.asof();
    it.show(cloud_body("two", "05", ""));
    BOOST_TEST(it.hear("repo:updated", cloud_rename("one", "two", "05")) == updated);
    BOOST_TEST(it.show(cloud_body("two", "05", "")) == nothing);
    // What was asked for before the webhook came shows how it was.
    for (int look = 0; look < 3; ++look)
        BOOST_TEST(it.show(cloud_body("one", "01", ""), asked) == nothing);
    // And a webhook that is later than the grace tells what is told, though more has happened since.
    it.show(cloud_body("three", "09", ""));
    BOOST_TEST(it.show(cloud_body("three", "09", "")) == updated);
    BOOST_TEST(it.hear("repo:updated", cloud_rename("two", "three", "08")) == nothing);
}

// REST shows the time of whatever came last.
BOOST_AUTO_TEST_CASE(a_lost_transfer_whose_webhook_comes_late_is_told_once)
{
    auto const owned = [](std::string const& owner, std::string const& updated) {
        return cloud_body("one", updated, "").insert(1, R"("owner":{"uuid":"{)" + owner + R"(}"},)");
    };
    observed_repository it(product::cloud);
    it.show(owned("a", "01"));
    it.show(owned("b", "05"));
    BOOST_TEST(it.show(owned("b", "05")) == transferred);
    BOOST_TEST(it.hear("repo:transfer",
                       R"({"repository":)" + owned("b", "04") + R"(,"previous_owner":{"uuid":"{a}"}})") == nothing);
}

BOOST_AUTO_TEST_CASE(on_data_center_another_project_is_a_transfer)
{
    auto const one = datacenter_body("one", "1");
    auto const renamed = datacenter_body("two", "1");
    auto const moved = datacenter_body("two", "2");
    observed_repository lost(product::datacenter);
    lost.show(one);
    lost.show(renamed);
    BOOST_TEST(lost.show(renamed) == updated);
    auto found = lost.ids;
    lost.show(moved);
    BOOST_TEST(lost.show(moved) == transferred);
    found.push_back(lost.ids.at(0));

    observed_repository heard(product::datacenter);
    heard.show(one);
    BOOST_TEST(heard.hear("repo:modified", datacenter_modified(one, renamed)) == updated);
    auto told = heard.ids;
    BOOST_TEST(heard.hear("repo:modified", datacenter_modified(renamed, moved)) == transferred);
    told.push_back(heard.ids.at(0));
    BOOST_TEST(told == found);
    BOOST_TEST(heard.show(moved) == nothing);
    BOOST_TEST(heard.show(moved) == nothing);
}

BOOST_AUTO_TEST_CASE(what_is_not_found_twice_and_apart_is_gone)
{
    auto const one = cloud_body("one", "01", "");
    observed_repository it(product::cloud);
    it.show(one);
    BOOST_TEST(it.miss(one) == nothing);
    BOOST_TEST(it.miss(one) == nothing);
    BOOST_TEST(it.show(one) == nothing);
    it.now += 900 * second;
    BOOST_TEST(it.miss(one) == nothing);
    it.now += 600 * second;
    BOOST_TEST(it.miss(one) == deleted);
    auto const found = it.ids;
    BOOST_TEST(it.miss(one) == nothing);
    BOOST_TEST(it.hear("repo:deleted", R"({"repository":)" + one + "}") == nothing);

    observed_repository heard(product::cloud);
    heard.show(one);
    BOOST_TEST(heard.hear("repo:deleted", R"({"repository":)" + one + "}") == deleted);
    BOOST_TEST(heard.ids == found);
    heard.miss(one);
    heard.now += 600 * second;
    BOOST_TEST(heard.miss(one) == nothing);
}

BOOST_AUTO_TEST_CASE(a_long_text_is_known_by_its_digest)
{
    std::string const longer(5'000, 'x');
    observed_repository it(product::cloud);
    it.show(cloud_body("one", "01", longer));
    BOOST_TEST(it.show(cloud_body("one", "02", longer)) == nothing);
    it.show(cloud_body("one", "03", longer + "y"));
    BOOST_TEST(it.show(cloud_body("one", "03", longer + "y")) == updated);
    BOOST_TEST(holds(it.values[0], R"("description":{"old":null)"));
    // A change of another field leaves it as it is known.
    BOOST_TEST(it.hear("repo:updated", cloud_rename("one", "two", "04")) == updated);
    BOOST_TEST(it.show(cloud_body("two", "04", longer + "y")) == nothing);
}

BOOST_AUTO_TEST_CASE(what_a_listing_says_of_what_is_known)
{
    observed_repository it(product::cloud);
    it.show(cloud_body("one", "01", ""));
    auto& state = *it.in.state;
    auto seen = normalize::view_repositories(state, "any", {{"r1", "otherwise"}, {"r2", ""}}, true);
    BOOST_TEST(seen.unknown == std::vector<std::size_t>{1});
    BOOST_TEST(seen.different == std::vector<std::size_t>{0});
    BOOST_TEST(seen.unlisted.empty());
    BOOST_TEST(seen.known == 1u);
    seen = normalize::view_repositories(state, "any", {}, true);
    BOOST_REQUIRE(seen.unlisted.size() == 1u);
    BOOST_TEST(seen.unlisted[0].id == "r1");
    BOOST_TEST(seen.unlisted[0].full_name == "acme/one");
    BOOST_TEST(seen.unlisted[0].project_key == "P");
    BOOST_TEST(normalize::view_repositories(state, "other", {}, true).unlisted.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace bbstream
