// Scans from SARIF and from lists of annotations; what answers mean.
#include "rest/finding.hpp"

#include "rest/explain.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream;
using namespace bbstream::rest;

namespace {

finding only(std::string const& result, std::string const& rule = "{}")
{
    auto const read = read_sarif(R"({"runs":[{"tool":{"driver":{"name":"T","rules":[)" + rule + R"(]}},"results":[)" +
                                 result + "]}]}")
                          .value();
    BOOST_REQUIRE(read.findings.size() == 1u);
    return read.findings.front();
}

std::string place(std::string const& uri)
{
    return only(R"({"message":{"text":"m"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":")" + uri +
                R"("},"region":{"startLine":3}}}]})")
        .path;
}

std::string explained(unsigned status, product platform, header_list headers = {}, std::string const& target = "/2.0/x")
{
    request what;
    what.target = target;
    response answer{status, std::move(headers), R"({"error":{"message":"Said."}})"};
    return explain(what, answer, {platform, config::auth_kind::api_token}).message;
}

bool mentions(std::string const& text, std::string_view what)
{
    return text.find(what) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(findings)

BOOST_AUTO_TEST_CASE(a_rules_score_outweighs_the_level)
{
    for (auto const& [score, wanted] :
         {std::pair("9.8", severity::critical), std::pair("9.0", severity::critical), std::pair("7.0", severity::high),
          std::pair("4.0", severity::medium), std::pair("0.1", severity::low)})
        BOOST_TEST((only(R"({"level":"note","message":{"text":"m"},"ruleIndex":0})",
                         R"({"id":"R","properties":{"security-severity":")" + std::string(score) + "\"}}")
                        .severity == wanted),
                   score);
    BOOST_TEST((only(R"({"level":"error","message":{"text":"m"}})").severity == severity::high));
    BOOST_TEST((only(R"({"message":{"text":"m"}})").severity == severity::medium));
    BOOST_TEST(
        (only(R"({"message":{"text":"m"},"ruleId":"R"})", R"({"id":"R","defaultConfiguration":{"level":"note"}})")
             .severity == severity::low));
}

BOOST_AUTO_TEST_CASE(paths_are_those_of_the_repository)
{
    BOOST_TEST(place("src/a%20b.c") == "src/a b.c");
    BOOST_TEST(place("./src/a.c") == "src/a.c");
    BOOST_TEST(place("50%.c") == "50%.c");
    for (auto const* outside : {"file:///src/a.c", "/src/a.c", "../a.c", "https://x/a.c"})
        BOOST_TEST(place(outside).empty(), outside);
}

BOOST_AUTO_TEST_CASE(each_finding_has_an_id_of_its_own)
{
    auto const one = R"({"ruleId":"R","message":{"text":"m"}})";
    auto const read = read_sarif(R"({"runs":[{"results":[)" + std::string(one) + "," + one + "]}]}").value();
    BOOST_TEST(read.findings.at(0).id != read.findings.at(1).id);
}

BOOST_AUTO_TEST_CASE(annotations_have_the_names_of_either_product)
{
    auto const read =
        read_annotations(
            R"( [{"external_id":"1","summary":"s","severity":"CRITICAL","annotation_type":"BUG","path":"p","line":4},
             {"externalId":"2","message":"t","severity":"LOW","type":"CODE_SMELL"}])")
            .value();
    BOOST_REQUIRE(read.findings.size() == 2u);
    BOOST_TEST((read.findings[0].severity == severity::critical));
    BOOST_TEST(read.findings[0].kind == "BUG");
    BOOST_TEST(read.findings[0].line == 4u);
    BOOST_TEST(read.findings[1].summary == "t");
    BOOST_TEST(read.findings[1].kind == "CODE_SMELL");
    BOOST_TEST(read_annotations(R"({"annotations":[]})").has_value());
    for (auto const* bad : {"", "{}", "[", "null", R"([{"severity":"LOW"}])", R"({"annotations":{}})"})
        BOOST_TEST(read_annotations(bad).has_error(), bad);
}

BOOST_AUTO_TEST_CASE(the_gravest_thousand_are_kept)
{
    std::vector<finding> all(1500);
    for (std::size_t at = 0; at < all.size(); ++at)
        all[at].severity = at % 3 == 0 ? severity::critical : severity::low;
    BOOST_TEST(keep_gravest(all) == 500u);
    BOOST_TEST(all.size() == findings_max);
    BOOST_TEST((all[499].severity == severity::critical));
    BOOST_TEST((all[500].severity == severity::low));
}

BOOST_AUTO_TEST_CASE(text_is_cut_between_characters)
{
    BOOST_TEST(cut("Über", 1) == "");
    BOOST_TEST(cut("Über", 2) == "Ü");
    BOOST_TEST(cut("ab", 2) == "ab");
}

BOOST_AUTO_TEST_CASE(answers_mean_what_they_mean_for_people)
{
    BOOST_TEST(mentions(explained(401, product::cloud), "e-mail address, or the token has expired"));
    BOOST_TEST(mentions(explained(401, product::datacenter), "the credential is refused"));
    BOOST_TEST(mentions(explained(401, product::datacenter, {{"x-ausername", "bot"}}), "the credential is valid"));
    BOOST_TEST(mentions(explained(403, product::cloud), "(Said.)"));
    BOOST_TEST(mentions(explained(410, product::cloud), "Atlassian has removed this"));
    BOOST_TEST(explained(429, product::cloud, {{"retry-after", "90"}}) == "429: too many requests; try again in 90 s");
    BOOST_TEST(mentions(explained(404, product::cloud, {}, "/2.0/repositories/a/b/issues?x"), "20 August 2026"));
    BOOST_TEST(mentions(explained(404, product::cloud, {}, "/2.0/repositories/a/b/pullrequests"), "there is none"));
    BOOST_TEST(!mentions(explained(404, product::cloud, {}, "/2.0/x?token=abc"), "token=abc"));
}

BOOST_AUTO_TEST_CASE(details_may_be_an_object_a_text_or_absent)
{
    auto const said = [](std::string const& body) { return said_by_server({403, {}, body}); };
    BOOST_TEST(said(R"({"error":{"message":"No.","detail":{"required":["account","email"]}}})") ==
               "No. it needs the scope account, email");
    BOOST_TEST(said(R"({"error":{"message":"No.","detail":"Why."}})") == "No. Why.");
    BOOST_TEST(said(R"({"errors":[{"message":"Neither."}]})") == "Neither.");
    BOOST_TEST(said(R"({"errorMessages":["One","Two"],"errors":{}})") == "One, Two");
    BOOST_TEST(said(R"({"errorMessages":[],"errors":{"summary":"You must specify a summary","x":7}})") ==
               "summary: You must specify a summary; x");
    BOOST_TEST(said(R"({"error":{"message":"Bad request","fields":{"target.ref_name":["None","such"]}}})") ==
               "Bad request target.ref_name: None, such");
    BOOST_TEST(said("<html>") == "");
    BOOST_TEST(said(R"({"error":{"message":")" + std::string(5000, 'x') + "\"}}").size() < 500u);
    BOOST_TEST(said(R"({"error":{"message":")" + std::string(399, 'x') + "\u00e9\"}}") ==
               std::string(399, 'x') + "...");
}

BOOST_AUTO_TEST_SUITE_END()
