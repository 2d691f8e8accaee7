#include "event/base64.hpp"

#include <boost/test/unit_test.hpp>

#include <utility>

namespace bbstream::event {

// The vectors of RFC 4648 section 10.
BOOST_AUTO_TEST_CASE(the_vectors_of_the_rfc_hold)
{
    for (auto const& [bytes, expected] : {std::pair<std::string_view, std::string_view>{"", ""},
                                          {"f", "Zg=="},
                                          {"fo", "Zm8="},
                                          {"foo", "Zm9v"},
                                          {"foob", "Zm9vYg=="},
                                          {"fooba", "Zm9vYmE="},
                                          {"foobar", "Zm9vYmFy"}}) {
        std::string out = "before:";
        append_base64(out, bytes);
        BOOST_TEST(out == "before:" + std::string(expected));
        BOOST_TEST(base64_size(bytes.size()) == expected.size());
    }
}

}  // namespace bbstream::event
