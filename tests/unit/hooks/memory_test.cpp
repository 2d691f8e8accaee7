// What is remembered of secrets, and what hooks look like on the wire.
#include "base/file.hpp"
#include "hooks/keeper.hpp"
#include "hooks/sync.hpp"
#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

using namespace bbstream;
using namespace bbstream::hooks;

namespace {

place const api{level::repository, "acme", "api"};
constexpr char const* secret = "a secret nobody guesses";

std::string text_of(test::temporary_directory const& directory)
{
    return read_file(directory.file("hooks.json"), memory_bytes_max).value();
}

bool mentions(std::string const& text, std::string_view what)
{
    return text.find(what) != std::string::npos;
}

content const wanted{"bbstream", "https://bb.acme.example/hook", {"repo:push"}, std::nullopt};

}  // namespace

BOOST_AUTO_TEST_SUITE(hook_memory)

BOOST_AUTO_TEST_CASE(fingerprints_come_back_and_secrets_are_not_in_the_file)
{
    test::temporary_directory const directory;
    auto memory = secret_memory::load(directory.path().string()).value();
    auto const print = memory.fingerprint(secret);
    memory.remember("cloud", api, "{1}", {print, 1'700'000'000'000'000});
    BOOST_REQUIRE(memory.save());
    auto const again = secret_memory::load(directory.path().string()).value();
    BOOST_REQUIRE(again.find("cloud", api, "{1}") != nullptr);
    BOOST_TEST(again.find("cloud", api, "{1}")->fingerprint == again.fingerprint(secret));
    BOOST_TEST(again.find("cloud", api, "{1}")->set == 1'700'000'000'000'000);
    BOOST_TEST(again.find("dc", api, "{1}") == nullptr);
    BOOST_TEST(again.find("cloud", api, "{2}") == nullptr);
    BOOST_TEST(!mentions(text_of(directory), secret));
    // Another file is salted otherwise.
    test::temporary_directory const other;
    BOOST_TEST(secret_memory::load(other.path().string())->fingerprint(secret) != print);
}

BOOST_AUTO_TEST_CASE(what_was_deleted_is_forgotten)
{
    test::temporary_directory const directory;
    auto memory = secret_memory::load(directory.path().string()).value();
    memory.remember("cloud", api, "{1}", {"x", 0});
    memory.forget("cloud", api, "{1}");
    BOOST_TEST(memory.find("cloud", api, "{1}") == nullptr);
}

BOOST_AUTO_TEST_CASE(what_others_have_saved_meanwhile_stays)
{
    test::temporary_directory const directory;
    auto one = secret_memory::load(directory.path().string()).value();
    auto other = secret_memory::load(directory.path().string()).value();
    one.remember("dc", api, "1", {"gone soon", 0});
    BOOST_REQUIRE(one.save());
    // It has its salt from the file, as whoever comes second.
    BOOST_REQUIRE(other.save());
    BOOST_TEST(other.fingerprint(secret) == one.fingerprint(secret));
    other.remember("cloud", api, "{1}", {other.fingerprint(secret), 7});
    one.forget("dc", api, "1");
    one.remember("dc", api, "2", {one.fingerprint(secret), 8});
    BOOST_REQUIRE(other.save());
    BOOST_REQUIRE(one.save());
    auto const again = secret_memory::load(directory.path().string()).value();
    BOOST_REQUIRE(again.find("cloud", api, "{1}") != nullptr);
    BOOST_REQUIRE(again.find("dc", api, "2") != nullptr);
    BOOST_TEST(again.find("cloud", api, "{1}")->fingerprint == again.fingerprint(secret));
    BOOST_TEST(again.find("dc", api, "2")->fingerprint == again.fingerprint(secret));
    BOOST_TEST(again.find("dc", api, "1") == nullptr);
}

BOOST_AUTO_TEST_CASE(a_damaged_file_is_named_and_stays)
{
    test::temporary_directory const directory;
    for (std::string const text : {"{", "{}", R"({"version":2,"salt":"aa","hooks":[]})"}) {
        BOOST_REQUIRE(write_file(directory.file("hooks.json"), text));
        auto const loaded = secret_memory::load(directory.path().string());
        BOOST_REQUIRE(!loaded);
        BOOST_TEST(mentions(loaded.error().message, "hooks.json"));
        BOOST_TEST(text_of(directory) == text);
    }
}

BOOST_AUTO_TEST_CASE(secrets_are_compared_as_shown_or_as_remembered)
{
    test::temporary_directory const directory;
    auto memory = secret_memory::load(directory.path().string()).value();
    auto const compare = compare_with(memory, "cloud", secret);
    hook one;
    one.id = "7";
    BOOST_TEST((compare(api, one) == secret_state::unknown));
    memory.remember("cloud", api, "7", {memory.fingerprint("an older one"), 0});
    BOOST_TEST((compare(api, one) == secret_state::other));
    memory.remember("cloud", api, "7", {memory.fingerprint(secret), 0});
    BOOST_TEST((compare(api, one) == secret_state::current));
    one.secret = "an older one";
    BOOST_TEST((compare(api, one) == secret_state::other));
    one.secret = secret;
    BOOST_TEST((compare(api, one) == secret_state::current));
}

BOOST_AUTO_TEST_CASE(an_update_of_cloud_leaves_the_secret_out_unless_it_is_set)
{
    auto const keeper = make_cloud_keeper("/2.0");
    hook present;
    present.id = "{7}";
    auto const kept = keeper->rewriting(api, present, wanted);
    BOOST_TEST(kept.target == "/2.0/repositories/acme/api/hooks/%7B7%7D");
    BOOST_TEST(!mentions(kept.body, "secret"));
    auto with = wanted;
    with.secret = secret;
    BOOST_TEST(mentions(keeper->rewriting(api, present, with).body, secret));
    BOOST_TEST(keeper->creation({level::workspace, "acme", {}}, with).target == "/2.0/workspaces/acme/hooks");
}

BOOST_AUTO_TEST_CASE(an_update_of_data_center_says_all_that_shall_stay)
{
    auto const keeper = make_datacenter_keeper("/context");
    hook present;
    present.id = "7";
    present.secret = "shown";
    present.verifies = false;
    auto const kept = keeper->rewriting({level::project, "PLAT", {}}, present, wanted);
    BOOST_TEST(kept.target == "/context/rest/api/latest/projects/PLAT/webhooks/7");
    BOOST_TEST(mentions(kept.body, R"("configuration":{"secret":"shown"})"));
    BOOST_TEST(mentions(kept.body, R"("sslVerificationRequired":false)"));
}

BOOST_AUTO_TEST_CASE(ids_of_both_products_are_read)
{
    BOOST_TEST(read_id(R"({"uuid":"{7}"})") == "{7}");
    BOOST_TEST(read_id(R"({"id":7})") == "7");
    BOOST_TEST(read_id("no JSON") == "");
    for (auto const* id : {"{5b1e63a8-9d2f-4b0e-8a83-0f4d3a2c1b7e}", "{7}", "7"})
        BOOST_TEST(is_hook_id(id), id);
    for (auto const& bad : {std::string(), std::string("."), std::string(".."), std::string("a/b"), std::string("7?x"),
                            std::string("7 "), std::string("7%2f"), std::string("\0", 1), std::string(65, '7')})
        BOOST_TEST(!is_hook_id(bad), bad);
}

BOOST_AUTO_TEST_SUITE_END()
