// Addresses of people: what is told of them is the operator's to say.
#include "event/object_json.hpp"

#include <boost/test/unit_test.hpp>

namespace bbstream::event {

namespace {

std::string person_with(text address, privacy const& rules)
{
    actor account;
    account.email = "ada@work.example";
    std::string out;
    object_writer to(out, rules);
    write_person(to, git_person{"Ada", address, account});
    return out;
}

bool has(std::string const& in, std::string_view what)
{
    return in.find(what) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_CASE(addresses_in_commits_are_kept_and_those_of_accounts_dropped_unless_told_otherwise)
{
    auto const usual = person_with("ada@acme.example", {});
    BOOST_TEST(has(usual, R"("name":"Ada","email":"ada@acme.example","account":{)"));
    BOOST_TEST(!has(usual, "work.example"));
    privacy open;
    open.account_addresses = address_rule::keep;
    BOOST_TEST(has(person_with("ada@acme.example", open), R"("email":"ada@work.example")"));
}

BOOST_AUTO_TEST_CASE(a_name_that_is_an_address_is_told_as_one)
{
    auto const named = [](std::string_view name, address_rule rule) {
        privacy rules;
        rules.commit_addresses = rule;
        std::string out;
        object_writer to(out, rules);
        write_person(to, git_person{name, {}, {}});
        return out;
    };
    BOOST_TEST(has(named("ada@acme.example", address_rule::keep), R"({"name":"ada@acme.example",)"));
    BOOST_TEST(has(named("ada@acme.example", address_rule::drop), R"({"name":null,)"));
    BOOST_TEST(has(named("ada@acme.example", address_rule::domain), R"({"name":"acme.example",)"));
    BOOST_TEST(has(named("ada@acme.example", address_rule::sha256),
                   R"({"name":"2a1322415fff1b1aceaebe7855b2c5bd6e9efa5e787d46391f971aea65062ce3",)"));
    BOOST_TEST(has(named("Ada @ work", address_rule::drop), R"({"name":"Ada @ work",)"));
    BOOST_TEST(has(named("ada", address_rule::drop), R"({"name":"ada",)"));
}

BOOST_AUTO_TEST_CASE(addresses_in_commits_can_be_told_in_part)
{
    privacy rules;
    rules.commit_addresses = address_rule::domain;
    BOOST_TEST(has(person_with("\"a@b\"@acme.example", rules), R"("email":"acme.example",)"));
    BOOST_TEST(has(person_with("no address", rules), R"("email":null,)"));
    rules.commit_addresses = address_rule::sha256;
    BOOST_TEST(has(person_with("ada@acme.example", rules),
                   R"("email":"2a1322415fff1b1aceaebe7855b2c5bd6e9efa5e787d46391f971aea65062ce3")"));
    rules.commit_addresses = address_rule::drop;
    BOOST_TEST(!has(person_with("ada@acme.example", rules), "acme"));
    BOOST_TEST(has(person_with({}, {}), R"("email":null,)"));
}

}  // namespace bbstream::event
