// Which repositories are meant.
#include "config/selection.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace bbstream::config {

BOOST_AUTO_TEST_CASE(globs_stand_for_names_whatever_their_case)
{
    BOOST_TEST(matches_glob("*", "acme/api"));
    BOOST_TEST(matches_glob("*", ""));
    BOOST_TEST(matches_glob("acme/*", "acme/api"));
    BOOST_TEST(matches_glob("*-service", "acme/a-service-service"));
    BOOST_TEST(matches_glob("*/*-legacy*", "acme/a-b-legacy-c"));
    BOOST_TEST(matches_glob("ACME/a?I", "acme/api"));
    BOOST_TEST(matches_glob("a*e/*i", "ACME/API"));
    BOOST_TEST(!matches_glob("acme/*", "acne/api"));
    BOOST_TEST(!matches_glob("acme/a?", "acme/api"));
    BOOST_TEST(!matches_glob("acme/api?", "acme/api"));
    BOOST_TEST(!matches_glob("acme/*x", "acme/api"));
    BOOST_TEST(!matches_glob("", "acme/api"));
    BOOST_TEST(!matches_glob("acme", "acme/api"));
    BOOST_TEST(!matches_glob("[a]*", "acme/api"));
}

BOOST_AUTO_TEST_CASE(a_glob_of_many_stars_ends_soon)
{
    std::string glob;
    for (int star = 0; star < 200; ++star)
        glob += "*a";
    BOOST_TEST(!matches_glob(glob + 'b', std::string(2000, 'a')));
}

BOOST_AUTO_TEST_CASE(include_must_choose_it_and_exclude_must_not)
{
    instance one;
    BOOST_TEST(is_selected(one, "acme/api"));
    one.exclude = {"ACME/api"};
    BOOST_TEST(!is_selected(one, "acme/api"));
    BOOST_TEST(is_selected(one, "acme/web"));
    one.include = {"acme/w*"};
    BOOST_TEST(is_selected(one, "acme/web"));
    BOOST_TEST(!is_selected(one, "acme/jobs"));
}

BOOST_AUTO_TEST_CASE(projects_choose_by_key_and_none_chooses_all)
{
    instance one;
    BOOST_TEST(is_in_projects(one, "PLAT"));
    one.projects = {"plat"};
    BOOST_TEST(is_in_projects(one, "PLAT"));
    BOOST_TEST(!is_in_projects(one, "SEC"));
    BOOST_TEST(!is_in_projects(one, ""));
}

}  // namespace bbstream::config
