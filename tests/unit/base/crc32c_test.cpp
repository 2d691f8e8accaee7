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

// Long texts are taken in another way than single bytes.
BOOST_AUTO_TEST_CASE(long_texts_have_the_checksum_of_their_bytes)
{
    std::string text;
    for (unsigned i = 0; i < 7000; ++i)
        text += static_cast<char>(i * 2654435761u >> 24);
    for (std::size_t const size : {1535u, 1536u, 1537u, 3072u, 5037u, 7000u}) {
        std::uint32_t bytewise = 0;
        for (std::size_t at = 0; at < size; ++at)
            bytewise = crc32c(bytewise, text.data() + at, 1);
        BOOST_TEST(crc32c(0, text.data(), size) == bytewise, size);
    }
}

BOOST_AUTO_TEST_CASE(a_checksum_may_be_continued_at_any_place)
{
    std::string const text = "what is journaled is published once, in order";
    auto const whole = crc32c(0, text.data(), text.size());
    for (std::size_t at = 0; at <= text.size(); ++at)
        BOOST_TEST(crc32c(crc32c(0, text.data(), at), text.data() + at, text.size() - at) == whole);
}
