// Which secrets lie in files that others can read.
#include "config/exposure.hpp"

#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <fstream>

using namespace bbstream;
using namespace bbstream::config;

namespace {

struct a_file : test::temporary_directory {
    explicit a_file(mode_t mode) : path(file("key"))
    {
        std::ofstream(path) << "hush";
        BOOST_REQUIRE(::chmod(path.c_str(), mode) == 0);
    }
    std::optional<exposure> exposed() const { return exposure_of({"state.key", path}); }

    std::string const path;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(exposure_of_secrets)

BOOST_AUTO_TEST_CASE(a_group_may_read_a_file_of_roots_alone)
{
    constexpr uid_t root = 0;
    constexpr uid_t ada = 1000;
    BOOST_TEST((readers_of(0100600, ada) == readers::owner));
    BOOST_TEST((readers_of(0100640, root) == readers::owner));
    BOOST_TEST((readers_of(0100640, ada) == readers::group));
    BOOST_TEST((readers_of(0100620, ada) == readers::owner));
    BOOST_TEST((readers_of(0100644, root) == readers::everyone));
    BOOST_TEST((readers_of(0100604, ada) == readers::everyone));
    BOOST_TEST((readers_of(0100000, root) == readers::owner));
}

BOOST_AUTO_TEST_CASE(what_is_open_is_named_with_its_cure_and_not_shown)
{
    a_file const open(0644);
    auto const found = open.exposed();
    BOOST_REQUIRE(found);
    BOOST_TEST(found->said == open.path + " can be read by every user of this machine");
    BOOST_TEST(found->cure == "chmod o= " + open.path);
    BOOST_TEST(exposure_text(*found) == "state.key: " + found->said + " (" + found->cure + ")");
    BOOST_TEST(!a_file(0600).exposed());
    BOOST_TEST(!exposure_of({"state.key", open.path + ".absent"}));
    BOOST_TEST(exposures_of({{"a", open.path}, {"b", open.path + ".absent"}, {"c", open.path}}).size() == 2u);
}

BOOST_AUTO_TEST_CASE(each_file_that_holds_a_secret_is_looked_at)
{
    config::config all;
    all.ingest.tls.key = "/tls";
    all.state.key = secret_reference{"file:/key"};
    all.admin.token = secret_reference{"file:/token"};
    all.kafka.properties = {{"sasl.password", "file:/sasl"}, {"ssl.ca.location", "file:/ca"}, {"client.id", "x"}};
    config::instance one;
    one.name = "cloud";
    one.webhook_secrets = {{"file:/hook"}, {"env:HOOK"}, {"credential:hook"}};
    one.auth.emplace().secret = secret_reference{"file:/auth"};
    one.admin_auth.emplace().secret = secret_reference{"file:/admin"};
    one.jira.emplace().secret = secret_reference{"file:/jira"};
    all.instances = {one};
    std::vector<std::string> said;
    for (auto const& each : secret_files(all))
        said.push_back(each.key + " " + each.path);
    std::vector<std::string> const wanted{"ingest.tls.key /tls",
                                          "instance cloud: webhook.secrets /hook",
                                          "instance cloud: auth.secret /auth",
                                          "instance cloud: admin_auth.secret /admin",
                                          "instance cloud: jira.secret /jira",
                                          "state.key /key",
                                          "admin.token /token",
                                          "kafka.sasl.password /sasl"};
    BOOST_TEST(said == wanted, boost::test_tools::per_element());
    all.ingest.tls.enabled = false;
    BOOST_TEST(secret_files(all).size() == wanted.size() - 1);
}

BOOST_AUTO_TEST_SUITE_END()
