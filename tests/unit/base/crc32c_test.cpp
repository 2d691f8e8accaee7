#include "base/crc32c.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using bbstream::crc32c;

// RFC 3720 appendix B.4, and the check value of the CRC catalogues.
BOOST_AUTO_TEST_CASE(the_known_checksums_come_out)
{
    std::string const zeros(32, '\0'), ones(32, '\xff');
    BOOST_TEST(crc32c(0, zeros.data(), zeros.size()) == 0x8a9136aau);
    BOOST_TEST(crc32c(0, ones.data(), ones.size()) == 0x62a8ab43u);
    BOOST_TEST(crc32c(0, "123456789", 9) == 0xe3069283u);
    BOOST_TEST(crc32c(0, "", 0) == 0u);
}

BOOST_AUTO_TEST_CASE(a_checksum_may_be_continued_at_any_place)
{
    std::string const text = "what is journaled is published once, in order";
    auto const whole = crc32c(0, text.data(), text.size());
    for (std::size_t at = 0; at <= text.size(); ++at)
        BOOST_TEST(crc32c(crc32c(0, text.data(), at), text.data() + at, text.size() - at) == whole);
}
