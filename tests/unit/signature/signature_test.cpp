// The signature's syntax, its published vectors, and rotation.
#include "signature/signature.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace signature = bbstream::signature;

namespace {

constexpr std::string_view hello_signature = "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9";
constexpr std::string_view hello_secret = "It's a Secret to Everybody";

bool accepts(std::vector<std::string> const& secrets, std::string_view header, std::string_view body)
{
    auto verifier = signature::verifier::make(secrets).value();
    auto const claimed = signature::parse_header(header);
    return claimed && verifier.matches(*claimed, body);
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_published_vector_signs_and_verifies)
{
    BOOST_TEST(signature::sign(hello_secret, "Hello World!").value() == hello_signature);
    BOOST_TEST(accepts({std::string(hello_secret)}, hello_signature, "Hello World!"));
}

BOOST_AUTO_TEST_CASE(another_body_or_another_secret_is_refused)
{
    BOOST_TEST(!accepts({std::string(hello_secret)}, hello_signature, "Hello World!\n"));
    BOOST_TEST(!accepts({std::string(hello_secret)}, hello_signature, "Hello World"));
    BOOST_TEST(!accepts({std::string(hello_secret)}, hello_signature, ""));
    BOOST_TEST(!accepts({"it's a secret to everybody"}, hello_signature, "Hello World!"));
}

BOOST_AUTO_TEST_CASE(every_live_secret_is_tried_wherever_it_stands)
{
    std::string const right(hello_secret);
    BOOST_TEST(accepts({right, "old"}, hello_signature, "Hello World!"));
    BOOST_TEST(accepts({"new", right}, hello_signature, "Hello World!"));
    BOOST_TEST(accepts({"new", right, "older"}, hello_signature, "Hello World!"));
    BOOST_TEST(!accepts({"new", "old"}, hello_signature, "Hello World!"));
}

BOOST_AUTO_TEST_CASE(it_tells_which_secret_it_is)
{
    std::vector<std::string> const secrets{"one", "two", "three", "two"};
    auto verifier = signature::verifier::make(secrets).value();
    for (std::size_t at = 0; at < 3; ++at)
        BOOST_TEST(verifier.which(*signature::parse_header(signature::sign(secrets[at], "{}").value()), "{}").value() ==
                   at);
    BOOST_TEST(!verifier.which(*signature::parse_header(signature::sign("four", "{}").value()), "{}"));
}

BOOST_AUTO_TEST_CASE(without_secrets_nothing_matches)
{
    BOOST_TEST(!accepts({}, hello_signature, "Hello World!"));
    BOOST_TEST(!signature::verifier::make({}).value().has_secrets());
}

BOOST_AUTO_TEST_CASE(an_empty_secret_is_an_error_and_not_a_key)
{
    std::vector<std::string> const secrets{"good", ""};
    BOOST_TEST(signature::verifier::make(secrets).has_error());
    BOOST_TEST(signature::sign("", "body").has_error());
}

BOOST_AUTO_TEST_CASE(a_verifier_checks_many_bodies_without_forgetting_its_key)
{
    std::vector<std::string> const secrets{"k"};
    auto verifier = signature::verifier::make(secrets).value();
    for (int i = 0; i < 100; ++i) {
        auto const body = std::string(static_cast<std::size_t>(i) * 37, 'x') + std::to_string(i);
        auto const claimed = signature::parse_header(signature::sign("k", body).value());
        BOOST_REQUIRE(claimed);
        BOOST_TEST(verifier.matches(*claimed, body));
        BOOST_TEST(!verifier.matches(*claimed, body + " "));
    }
}

BOOST_AUTO_TEST_CASE(only_sha256_and_64_lower_case_digits_are_a_signature)
{
    auto const hex = std::string(hello_signature.substr(7));
    BOOST_TEST(signature::parse_header("sha256=" + hex).has_value());
    auto upper = hex;
    upper[0] = 'A';
    auto other = hex;
    other[63] = 'g';
    std::string const bad[] = {"",
                               "s",
                               "sha256",
                               "sha256=",
                               hex,
                               "sha1=" + hex.substr(0, 40),
                               "sha512=" + hex + hex,
                               "SHA256=" + hex,
                               "sha256:" + hex,
                               "sha256= " + hex,
                               " sha256=" + hex,
                               "sha256=" + hex.substr(1),
                               "sha256=" + hex + "0",
                               "sha256=" + hex + " ",
                               "sha256=" + upper,
                               "sha256=" + other,
                               "sha256=" + std::string(64, '\0'),
                               "sha256=" + std::string(64, '\xff')};
    for (auto const& value : bad)
        BOOST_TEST(!signature::parse_header(value), "accepted: " << value);
}

// Real deliveries, recorded by other projects, lie outside this repository.
BOOST_AUTO_TEST_CASE(recorded_deliveries_verify_where_they_are_present)
{
    struct vector {
        char const* file;
        char const* secret;
        char const* header;
    };
    vector const vectors[] = {
        {"cloud/repo-push__jenkinsci+bitbucket-branch-source-plugin__7.json", "Gkvl$k$wyNpQAF42",
         "sha256=f205c729821c6954aff2afe72b965c34015b4baf96ea8ddc2cc44999c014a035"},
        {"dc/repo-comment-added__jenkinsci+generic-webhook-trigger-plugin__1.json", "this is secret",
         "sha256=87e3e7b7e4567f528342a75b6d88c619f272c68a4d0d565c68d596a830213164"}};
    auto const folder = std::filesystem::path(BBSTREAM_SOURCE_DIR) / "../shared/recorded/webhooks";
    for (auto const& [file, secret, header] : vectors) {
        std::ifstream in(folder / file, std::ios::binary);
        if (!in) {
            BOOST_TEST_MESSAGE("skipped: " << (folder / file) << " is absent");
            continue;
        }
        std::string const body((std::istreambuf_iterator<char>(in)), {});
        BOOST_TEST(accepts({secret}, header, body), file);
        BOOST_TEST(!accepts({secret}, header, body + "\n"), file);
    }
}
