// Who may read from the operator's listener.
#include "daemon/admin_access.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace bbstream::daemon;

BOOST_AUTO_TEST_CASE(this_machine_may_read)
{
    BOOST_TEST((decide_access(true, "", "") == admin_access::allowed));
    BOOST_TEST((decide_access(true, "", "token") == admin_access::allowed));
    BOOST_TEST((decide_access(true, "Bearer wrong", "token") == admin_access::allowed));
}

BOOST_AUTO_TEST_CASE(others_are_refused_where_no_token_is_configured)
{
    for (auto const* authorization : {"", "Bearer ", "Bearer x", "Basic Og=="})
        BOOST_TEST((decide_access(false, authorization, "") == admin_access::refused), authorization);
}

BOOST_AUTO_TEST_CASE(others_need_exactly_the_token)
{
    BOOST_TEST((decide_access(false, "Bearer token", "token") == admin_access::allowed));
    BOOST_TEST((decide_access(false, "bearer token", "token") == admin_access::allowed));
    for (std::string const& wrong :
         {std::string(), std::string("token"), std::string("Bearer"), std::string("Bearer "),
          std::string("Bearer toke"), std::string("Bearer token "), std::string("Bearer  token"),
          std::string("Bearer tokenx"), std::string("Bearer Token"), std::string("Basic token"),
          std::string("Bearer token\0", 13)})
        BOOST_TEST((decide_access(false, wrong, "token") == admin_access::token_wanted), wrong);
}

BOOST_AUTO_TEST_CASE(a_query_is_not_part_of_the_path)
{
    BOOST_TEST(path_of("/livez?verbose=1") == "/livez");
    BOOST_TEST(path_of("/livez") == "/livez");
    BOOST_TEST(path_of("") == "");
}
