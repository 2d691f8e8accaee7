// The life of webhook secrets.
#include "hooks/rotation.hpp"

#include "hooks/secret_vault.hpp"
#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream;
using namespace bbstream::hooks;

namespace {

constexpr micros second = 1'000'000;
constexpr std::chrono::milliseconds window{10'000};
using texts = std::vector<std::string>;
texts const configured{"first", "older"};

rotation complete(micros rewritten)
{
    rotation one;
    begin(one, "new", 1 * second);
    one.accepted = true;
    one.rewritten = rewritten;
    return one;
}

credential::sealing_key key(unsigned char fill)
{
    std::array<unsigned char, credential::sealing_key_bytes> bytes{};
    bytes.fill(fill);
    return credential::sealing_key(bytes);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(secret_rotation)

BOOST_AUTO_TEST_CASE(without_a_rotation_the_configuration_counts)
{
    BOOST_TEST((accepted_secrets({}, configured) == configured));
    BOOST_TEST(secret_for_hooks({}, configured).value() == "first");
    BOOST_TEST(!secret_for_hooks({}, {}));
    rotation none;
    BOOST_TEST(retire(none, configured, window, 1000 * second) == 0u);
    BOOST_TEST(!is_under_way(none));
}

BOOST_AUTO_TEST_CASE(hooks_get_the_new_one_only_once_it_is_accepted)
{
    rotation one;
    begin(one, "new", 1 * second);
    BOOST_TEST(is_under_way(one));
    BOOST_TEST((accepted_secrets(one, configured) == texts{"new", "first", "older"}));
    BOOST_TEST(secret_for_hooks(one, configured).value() == "first");
    BOOST_TEST(!secret_for_hooks(one, {}));
    one.accepted = true;
    BOOST_TEST(secret_for_hooks(one, configured).value() == "new");
    begin(one, "newer", 2 * second);
    BOOST_TEST(secret_for_hooks(one, configured).value() == "new");
}

BOOST_AUTO_TEST_CASE(nothing_retires_before_every_hook_is_rewritten)
{
    rotation one;
    begin(one, "new", 1 * second);
    one.accepted = true;
    BOOST_TEST(retire(one, configured, window, 1000 * second) == 0u);
    one.rewritten = 1000 * second;
    BOOST_TEST(retire(one, configured, window, 1009 * second) == 0u);
    BOOST_TEST(retire(one, configured, window, 1010 * second) == 2u);
    BOOST_TEST((accepted_secrets(one, configured) == texts{"new"}));
}

BOOST_AUTO_TEST_CASE(what_is_still_used_stays)
{
    auto one = complete(100 * second);
    one.used[fingerprint_of("first")] = 105 * second;
    one.used[fingerprint_of("older")] = 1 * second;
    BOOST_TEST(retire(one, configured, window, 112 * second) == 1u);
    BOOST_TEST((accepted_secrets(one, configured) == texts{"new", "first"}));
    BOOST_TEST(retire(one, configured, window, 115 * second) == 1u);
    // The newest never retires.
    BOOST_TEST(retire(one, configured, window, 100'000 * second) == 0u);
    BOOST_TEST((accepted_secrets(one, configured) == texts{"new"}));
}

BOOST_AUTO_TEST_CASE(former_ones_of_rotations_retire_as_well)
{
    auto one = complete(100 * second);
    begin(one, "newer", 200 * second);
    one.rewritten = 300 * second;
    BOOST_TEST(retire(one, configured, window, 310 * second) == 3u);
    BOOST_TEST(one.secrets.size() == 1u);
    BOOST_TEST((accepted_secrets(one, configured) == texts{"newer"}));
    // A secret that is configured later is none of those.
    BOOST_TEST((accepted_secrets(one, {"first", "by hand"}) == texts{"newer", "by hand"}));
}

BOOST_AUTO_TEST_CASE(it_comes_back_as_it_was)
{
    auto one = complete(100 * second);
    one.used[fingerprint_of("first")] = 105 * second;
    retire(one, configured, window, 112 * second);
    auto const again = decode_rotation(encode(one)).value();
    BOOST_TEST(again.secrets.front().text == "new");
    BOOST_TEST(again.secrets.front().made == 1 * second);
    BOOST_TEST(again.accepted);
    BOOST_TEST(again.rewritten == 100 * second);
    BOOST_TEST((again.used == one.used));
    BOOST_TEST((again.retired == one.retired));
    BOOST_TEST(!is_under_way(again));
    rotation begun;
    begin(begun, "new", 1 * second);
    BOOST_TEST(is_under_way(decode_rotation(encode(begun)).value()));
    for (std::string const text :
         {"", "{}", R"({"version":2,"secrets":[]})", R"({"version":1,"secrets":[{"text":""}]})"})
        BOOST_TEST(!decode_rotation(text));
}

BOOST_AUTO_TEST_CASE(the_vault_opens_with_its_key_and_in_its_place_only)
{
    test::temporary_directory const directory;
    auto const path = directory.path().string();
    secret_vault const vault(path, key(1));
    BOOST_TEST(!secret_vault::has(path, "cloud"));
    BOOST_TEST(vault.read("cloud")->secrets.empty());
    BOOST_REQUIRE(vault.write("cloud", complete(100 * second)));
    BOOST_TEST(secret_vault::has(path, "cloud"));
    BOOST_TEST(vault.read("cloud")->secrets.front().text == "new");
    auto const bytes = read_file(path + "/webhooks/cloud.sealed", 1 << 20).value();
    BOOST_TEST(bytes.find("\"new\"") == std::string::npos);
    BOOST_TEST(!secret_vault(path, key(2)).read("cloud"));
    BOOST_REQUIRE(write_file(path + "/webhooks/dc.sealed", bytes));
    BOOST_TEST(!vault.read("dc"));
    BOOST_REQUIRE(write_file(path + "/webhooks/cloud.sealed", bytes.substr(0, bytes.size() - 1)));
    BOOST_TEST(!vault.read("cloud"));
}

BOOST_AUTO_TEST_SUITE_END()
