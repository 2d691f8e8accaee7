#include "base/shown_url.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream;

BOOST_AUTO_TEST_CASE(a_url_is_shown_without_what_may_be_secret)
{
    BOOST_TEST(shown_url("https://bitbucket.example.com:7990/git") == "https://bitbucket.example.com:7990/git");
    BOOST_TEST(shown_url("https://ada:hunter2@example.com/x") == "https://...@example.com/x");
    BOOST_TEST(shown_url("https://ada:h/u?n#t@er2@example.com/x") == "https://...@example.com/x");
    BOOST_TEST(shown_url("https://example.com/x?token=hunter2#y") == "https://example.com/x?...");
    BOOST_TEST(shown_url("https://example.com/x#token=hunter2") == "https://example.com/x#...");
    BOOST_TEST(shown_url("https://ada:hunter2@example.com/x?y") == "https://...@example.com/x?...");
    BOOST_TEST(shown_url("ada@example.com?") == "ada@example.com?");
    BOOST_TEST(shown_url("://") == "://");
    BOOST_TEST(shown_url("").empty());
}
