// What the browser is sent with.
#include "login/authorization_request.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream;

BOOST_AUTO_TEST_CASE(the_challenge_is_that_of_rfc_7636)
{
    BOOST_TEST(login::code_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") ==
               "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

BOOST_AUTO_TEST_CASE(an_address_has_what_bitbucket_needs_and_not_the_verifier)
{
    auto const asked = login::make_authorization_request("https://x/authorize", "a client", "http://127.0.0.1:1/c", "");
    BOOST_TEST(asked.url ==
               "https://x/authorize?response_type=code&client_id=a%20client&redirect_uri=http%3A%2F%2F127."
               "0.0.1%3A1%2Fc&state=" +
                   std::string(asked.state) + "&code_challenge=" + login::code_challenge(asked.verifier) +
                   "&code_challenge_method=S256");
    BOOST_TEST(asked.url.find(asked.verifier.c_str()) == std::string::npos);
    BOOST_TEST(asked.state.size() == 43u);
    BOOST_TEST(asked.verifier.size() == 43u);

    auto const again = login::make_authorization_request("https://x/a?b=c", "a client", "http://127.0.0.1:1/c", "READ");
    BOOST_TEST(again.url.starts_with("https://x/a?b=c&response_type=code&"));
    BOOST_TEST(again.url.ends_with("&scope=READ"));
    BOOST_TEST((again.state != asked.state && again.verifier != asked.verifier));
}

BOOST_AUTO_TEST_CASE(data_center_is_asked_for_the_least_scope_that_does)
{
    config::instance with;
    config::auth who;
    BOOST_TEST(login::scope_to_ask(with, who, true).empty());
    with.platform = product::datacenter;
    BOOST_TEST(login::scope_to_ask(with, who, false) == "REPO_READ");
    BOOST_TEST(login::scope_to_ask(with, who, true) == "REPO_ADMIN");
    who.uses = {"review"};
    BOOST_TEST(login::scope_to_ask(with, who, false) == "REPO_WRITE");

    with.webhook_url = "https://hooks.acme.example/webhooks/dc";
    BOOST_TEST(login::scope_to_ask(with, who, false) == "REPO_ADMIN");
    with.webhook_scope = config::hook_scope::project;
    BOOST_TEST(login::scope_to_ask(with, who, false) == "PROJECT_ADMIN");
    with.admin_auth = who;
    BOOST_TEST(login::scope_to_ask(with, who, false) == "REPO_WRITE");
    BOOST_TEST(login::scope_to_ask(with, who, true) == "PROJECT_ADMIN");
}
