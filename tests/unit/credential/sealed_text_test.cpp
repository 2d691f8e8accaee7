// What is sealed opens with its key and label only, and not once any of its bits has changed.
#include "credential/sealed_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream;

namespace {

credential::sealing_key key_of(char fill)
{
    return credential::parse_sealing_key(std::string(credential::sealing_key_bytes, fill)).value();
}

std::string opened(result<credential::secret_text> const& what)
{
    return what ? std::string(*what) : what.error().message;
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_was_sealed_is_opened)
{
    for (auto const& plain : {std::string(), std::string("x"), std::string(5000, 'y'), std::string("\0\n", 2)}) {
        auto const sealed = credential::seal(key_of('k'), "label", plain);
        BOOST_TEST(opened(credential::unseal(key_of('k'), "label", sealed)) == plain);
        BOOST_TEST((plain.size() < 2 || sealed.find(plain) == std::string::npos));
        // Never twice the same, so that nobody sees whether it has changed.
        BOOST_TEST(sealed != credential::seal(key_of('k'), "label", plain));
    }
}

BOOST_AUTO_TEST_CASE(another_key_a_newer_format_and_another_place_are_told_apart)
{
    auto sealed = credential::seal(key_of('k'), "label", "secret");
    auto const other = credential::unseal(key_of('o'), "label", sealed);
    BOOST_REQUIRE(other.has_error());
    BOOST_TEST(other.error().message == "was sealed with another key than that of state.key");
    BOOST_TEST((other.error().kind == failure_kind::invalid));
    auto const moved = credential::unseal(key_of('k'), "label of another", sealed);
    BOOST_REQUIRE(moved.has_error());
    BOOST_TEST((moved.error().kind == failure_kind::corrupt));
    sealed[8] = 2;
    BOOST_TEST(opened(credential::unseal(key_of('k'), "label", sealed)) ==
               "is of a format that this version does not know");
}

BOOST_AUTO_TEST_CASE(no_bit_can_change_and_no_byte_can_be_missing)
{
    auto const sealed = credential::seal(key_of('k'), "label", "secret");
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        auto changed = sealed;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
        BOOST_TEST(credential::unseal(key_of('k'), "label", changed).has_error());
    }
    for (std::size_t size = 0; size < sealed.size(); ++size)
        BOOST_TEST(opened(credential::unseal(key_of('k'), "label", sealed.substr(0, size))) == "is damaged");
    BOOST_TEST(opened(credential::unseal(key_of('k'), "label", sealed + 'x')) == "is damaged");
}
