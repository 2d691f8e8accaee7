// What comes back from the browser, and what only looks like it.
#include "login/callback.hpp"

#include "login/page.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream;
using login::callback;

namespace {

std::string judged(std::string const& target)
{
    auto const brought = login::read_callback(target, "/callback", "s+1");
    constexpr char const* names[] = {"granted ", "refused ", "forged ", "elsewhere "};
    return names[brought.what] + brought.text;
}

}  // namespace

BOOST_AUTO_TEST_CASE(only_the_answer_to_our_question_is_one)
{
    struct {
        char const* target;
        char const* judgment;
    } const cases[] = {
        {"/callback?code=c&state=s%2B1", "granted c"},
        {"/callback?state=s%2B1&code=a%2Fb%3D&extra=x", "granted a/b="},
        {"/callback?error=access_denied&state=s%2B1", "refused access_denied"},
        {"/callback?error=access_denied&error_description=The+user+%3Csaid%3E+no&state=s%2B1",
         "refused access_denied: The user <said> no"},
        // An error speaks louder than a code.
        {"/callback?code=c&error=server_error&state=s%2B1", "refused server_error"},
        {"/callback?code=c", "forged "},
        {"/callback?code=c&state=", "forged "},
        {"/callback?code=c&state=s%2B2", "forged "},
        {"/callback?code=c&state=s%2B", "forged "},
        {"/callback?code=c&state=s%2B1&state=s%2B1", "forged "},
        {"/callback?code=c&code=d&state=s%2B1", "forged "},
        {"/callback?code=&state=s%2B1", "forged "},
        {"/callback?state=s%2B1", "forged "},
        {"/callback?error=access_denied", "forged "},
        {"/callback?code=%zz&state=s%2B1", "forged "},
        {"/callback", "forged "},
        {"/callback/?code=c&state=s%2B1", "elsewhere "},
        {"/favicon.ico", "elsewhere "},
        {"/", "elsewhere "},
        {"", "elsewhere "},
    };
    for (auto const& [target, judgment] : cases)
        BOOST_TEST_CONTEXT(target)
    BOOST_TEST(judged(target) == judgment);
}

BOOST_AUTO_TEST_CASE(without_a_state_of_ours_nothing_is_an_answer)
{
    BOOST_TEST((login::read_callback("/callback?code=c&state=", "/callback", "").what == callback::forged));
}

BOOST_AUTO_TEST_CASE(a_pasted_address_is_cut_to_its_path_and_query)
{
    struct {
        char const* address;
        char const* target;
    } const cases[] = {{"https://127.0.0.1:8976/callback?code=c&state=s", "/callback?code=c&state=s"},
                       {"https://host/callback?code=c#fragment", "/callback?code=c"},
                       {"127.0.0.1:8976/callback?code=c", "/callback?code=c"},
                       {"/callback?code=c", "/callback?code=c"},
                       {"https://host", ""},
                       {"code", ""},
                       {"", ""}};
    for (auto const& [address, target] : cases)
        BOOST_TEST(login::target_of_address(address) == target);
}

BOOST_AUTO_TEST_CASE(what_bitbucket_says_is_no_markup)
{
    auto const bytes = login::page(400, "a<b", "<script>\"&\"</script>");
    BOOST_TEST(bytes.starts_with("HTTP/1.1 400 Bad Request\r\n"));
    BOOST_TEST(bytes.find("<h1>a&lt;b</h1><p>&lt;script&gt;&quot;&amp;&quot;&lt;/script&gt;</p>") != std::string::npos);
    auto const body = bytes.find("\r\n\r\n") + 4;
    BOOST_TEST(bytes.find("Content-Length: " + std::to_string(bytes.size() - body) + "\r\n") != std::string::npos);
}
