// Keys in every form that people keep them in, and what is none.
#include "credential/sealing_key.hpp"

#include "base/file.hpp"
#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>

using namespace bbstream;

namespace {

std::string const raw = "0123456789abcdefghijklmnopqrstu\n";
std::string const hexadecimal =
    "303132333435363738396162636465666768696a6b6c6d6e6f707172737475"
    "0a";
std::string const base64 = "MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dQo=";

std::string bytes_of(result<credential::sealing_key> const& key)
{
    if (!key)
        return key.error().message;
    return {reinterpret_cast<char const*>(key->data()), credential::sealing_key_bytes};
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_key_is_32_bytes_as_they_are_in_hexadecimal_or_in_base64)
{
    std::string upper = hexadecimal;
    for (auto& c : upper)
        c = static_cast<char>(std::toupper(c));
    for (auto const& text : {raw, raw + '\n', hexadecimal, hexadecimal + '\n', upper, base64, base64 + '\n',
                             base64.substr(0, base64.size() - 1)})
        BOOST_TEST(bytes_of(credential::parse_sealing_key(text)) == raw);
    // -_ and +/ are the same digits.
    auto const zeros = std::string(41, 'A');
    BOOST_TEST(bytes_of(credential::parse_sealing_key("-_" + zeros)) ==
               bytes_of(credential::parse_sealing_key("+/" + zeros + "=")));
}

BOOST_AUTO_TEST_CASE(what_is_no_key_is_told_so_without_showing_it)
{
    for (auto const& text :
         {std::string("hunter2"), raw.substr(1), raw + "xy", hexadecimal.substr(2), hexadecimal + "00",
          "xx" + hexadecimal.substr(2), base64.substr(4), base64 + base64, std::string("\n"), std::string()}) {
        auto const key = credential::parse_sealing_key(text);
        BOOST_REQUIRE(key.has_error());
        BOOST_TEST((key.error().kind == failure_kind::invalid));
        BOOST_TEST(key.error().message ==
                   "is no key: 32 bytes are needed, as they are, in hexadecimal or in base64 (bbstream auth key makes "
                   "one)");
    }
}

BOOST_AUTO_TEST_CASE(a_key_of_raw_bytes_may_end_in_a_newline)
{
    test::temporary_directory const directory;
    auto const path = directory.file("key");
    BOOST_REQUIRE(write_file(path, raw));
    BOOST_TEST(bytes_of(credential::read_sealing_key({"file:" + path})) == raw);
    BOOST_REQUIRE(write_file(path, "hunter2"));
    auto const wrong = bytes_of(credential::read_sealing_key({"file:" + path}));
    BOOST_TEST(wrong.starts_with("state.key: file:" + path + " is no key: 32 bytes are needed"));
    BOOST_TEST(wrong.find("hunter2") == std::string::npos);
    BOOST_TEST(bytes_of(credential::read_sealing_key({"file:" + path + "2"})).starts_with("state.key: file:" + path));
}

BOOST_AUTO_TEST_CASE(a_new_key_is_for_its_owner_alone_and_never_replaces_one)
{
    test::temporary_directory const directory;
    auto const path = directory.file("key");
    BOOST_REQUIRE(credential::make_key_file(path));
    struct stat found {};
    BOOST_REQUIRE(::stat(path.c_str(), &found) == 0);
    BOOST_TEST((found.st_mode & 0777) == 0600u);
    auto const first = read_file(path, 100).value();
    BOOST_TEST(credential::parse_sealing_key(first).has_value());
    BOOST_TEST(credential::make_key_file(path).error().message == path + ": File exists");
    BOOST_TEST(read_file(path, 100).value() == first);
    BOOST_TEST(first != std::string(credential::new_key_text()) + '\n');
}
