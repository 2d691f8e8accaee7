#include "normalize/read.hpp"

#include "normalize/canonical.hpp"
#include "normalize/cloud/entities.hpp"
#include "normalize/document.hpp"
#include "normalize/envelope.hpp"
#include "normalize/hash.hpp"
#include "normalize/retries.hpp"

#include <boost/test/unit_test.hpp>

#include <initializer_list>

namespace bbstream::normalize {

namespace {

struct parsed {
    explicit parsed(std::string_view text) : root(*read.parse(text)) {}
    document read;
    object root;
    arena memory;
};

std::optional<micros> time_of(std::string_view value)
{
    parsed const body(std::string(R"({"t":)").append(value).append("}"));
    return time_member(body.root, "t");
}

constexpr micros second = 1'000'000;

}  // namespace

BOOST_AUTO_TEST_CASE(members_of_another_type_are_not_there)
{
    parsed const body(R"({"n":null,"i":1,"s":"x","e":"","a":[],"o":{}})");
    for (auto const name : {"n", "i", "a", "o", "absent"})
        BOOST_TEST(!text_member(body.root, name).has_value(), name);
    for (auto const name : {"n", "i", "a", "s", "absent"})
        BOOST_TEST(!object_member(body.root, name).has_value(), name);
    for (auto const name : {"n", "i", "o", "s", "absent"})
        BOOST_TEST(!array_member(body.root, name).has_value(), name);
    BOOST_TEST(text_member(body.root, "e").has_value());
    BOOST_TEST(!filled_member(body.root, "e").has_value());
    BOOST_TEST(!bool_member(body.root, "i").has_value());
}

BOOST_AUTO_TEST_CASE(ids_are_numbers_or_texts)
{
    parsed body(R"({"i":42,"m":-1,"s":"42","e":"","d":1.5,"b":true})");
    BOOST_TEST(id_member(body.root, "i", body.memory).value() == "42");
    BOOST_TEST(id_member(body.root, "m", body.memory).value() == "-1");
    BOOST_TEST(id_member(body.root, "s", body.memory).value() == "42");
    for (auto const name : {"e", "d", "b"})
        BOOST_TEST(!id_member(body.root, name, body.memory).has_value(), name);
}

BOOST_AUTO_TEST_CASE(numbers_are_whole_and_no_larger_than_every_reader_keeps)
{
    parsed const body(R"({"i":42,"s":"42","z":0,"b":9007199254740992,"c":9007199254740993,"d":"9007199254740993","n":-1,
                          "m":"-1","f":1.5,"e":"","x":"4x","t":true})");
    BOOST_TEST(number_member(body.root, "i").value() == 42u);
    BOOST_TEST(number_member(body.root, "s").value() == 42u);
    BOOST_TEST(number_member(body.root, "z").value() == 0u);
    BOOST_TEST(number_member(body.root, "b").value() == 9'007'199'254'740'992u);
    for (auto const name : {"c", "d", "n", "m", "f", "e", "x", "t", "absent"})
        BOOST_TEST(!number_member(body.root, name).has_value(), name);
}

BOOST_AUTO_TEST_CASE(uuids_lose_braces_and_capitals)
{
    parsed body(R"({"a":"{3DEB8C29-778a}","b":"3deb8c29-778a","c":"{}","d":"{","e":7})");
    BOOST_TEST(uuid_member(body.root, "a", body.memory).value() == "3deb8c29-778a");
    BOOST_TEST(uuid_member(body.root, "b", body.memory).value() == "3deb8c29-778a");
    BOOST_TEST(!uuid_member(body.root, "c", body.memory).has_value());
    BOOST_TEST(uuid_member(body.root, "d", body.memory).value() == "{");
    BOOST_TEST(!uuid_member(body.root, "e", body.memory).has_value());
}

BOOST_AUTO_TEST_CASE(times_come_in_every_dialect)
{
    BOOST_TEST(time_of("1758586440123").value() == 1758586440123000);
    BOOST_TEST(time_of("\"1758586440123\"").value() == 1758586440123000);
    BOOST_TEST(time_of("1758586440123.0").value() == 1758586440123000);
    BOOST_TEST(time_of("\"2025-09-23T00:14:00.123Z\"").value() == 1758586440123000);
    BOOST_TEST(time_of("\"2025-09-23T00:14:00+00:00\"").value() == 1758586440 * second);
    BOOST_TEST(time_of("\"2025-09-23T03:14:00+0300\"").value() == 1758586440 * second);
    BOOST_TEST(time_of("\"2025-09-23T00:14:00.123456789Z\"").value() == 1758586440123456);
}

BOOST_AUTO_TEST_CASE(times_that_are_none_or_beyond_four_digit_years_are_missing)
{
    for (auto const text : {"null", "true", "\"\"", "\"yesterday\"", "\"2025-02-30T00:00:00Z\"", "9223372036854775807",
                            "-9223372036854775808", "1e300", "\"9999-12-31T23:59:59-01:00\"",
                            "\"0000-01-01T00:00:00+01:00\"", "253402300800000", "[1]"})
        BOOST_TEST(!time_of(text).has_value(), text);
    BOOST_TEST(time_of("253402300799999").has_value());
}

BOOST_AUTO_TEST_CASE(links_are_objects_or_lists)
{
    parsed const body(R"({"links":{"a":{"href":"u"},"b":[{"href":"v"}],"c":[null],"d":[],"e":"x"}})");
    BOOST_TEST(link_member(body.root, "a").value() == "u");
    BOOST_TEST(link_member(body.root, "b").value() == "v");
    for (auto const name : {"c", "d", "e", "absent"})
        BOOST_TEST(!link_member(body.root, name).has_value(), name);
}

BOOST_AUTO_TEST_CASE(a_person_of_cloud_has_a_name_and_an_address_or_either)
{
    auto const check = [](std::string const& raw, event::text name, event::text address) {
        parsed const body(R"({"raw":")" + raw + "\"}");
        arena memory;
        auto const who = cloud::read_person(body.root, memory);
        BOOST_TEST_REQUIRE(who.has_value());
        BOOST_TEST((who->name == name), raw);
        BOOST_TEST((who->email == address), raw);
    };
    check("Ada <ada@acme.example>", "Ada", "ada@acme.example");
    check("ada@acme.example <ada@acme.example>", "ada@acme.example", "ada@acme.example");
    check("ada@acme.example", std::nullopt, "ada@acme.example");
    check(" ada@acme.example ", std::nullopt, "ada@acme.example");
    check("Ada Lindqvist", "Ada Lindqvist", std::nullopt);
    check("Ada @ work", "Ada @ work", std::nullopt);
    check("", "", std::nullopt);
}

BOOST_AUTO_TEST_CASE(hashes_have_three_forms)
{
    arena memory;
    std::string const full(40, 'a');
    BOOST_TEST(forms_of_hash(std::string(40, 'A'), memory).id == full);
    BOOST_TEST(forms_of_hash(std::string(40, 'A'), memory).sha.value() == full);
    BOOST_TEST(forms_of_hash(std::string(64, 'b'), memory).sha.value() == std::string(64, 'b'));
    auto const twelve = forms_of_hash("0123456789ab", memory);
    BOOST_TEST(twelve.id == "0123456789ab");
    BOOST_TEST(!twelve.sha.has_value());
    BOOST_TEST(twelve.short_sha.value() == "0123456789ab");
    auto const seven = forms_of_hash("0123456", memory);
    BOOST_TEST(!seven.sha.has_value());
    BOOST_TEST(!seven.short_sha.has_value());
    BOOST_TEST(forms_of_hash(std::string(39, 'A') + "x", memory).id == std::string(39, 'A') + "x");
    BOOST_TEST(is_zero_hash(std::string(40, '0')));
    BOOST_TEST(is_zero_hash(std::string(64, '0')));
    BOOST_TEST(!is_zero_hash("0"));
}

BOOST_AUTO_TEST_CASE(canonical_json_has_its_members_by_name)
{
    parsed const body(R"({ "b" : [ 2, {"z":true, "a":null} , "\u00e9\n\"\u001f" ], "left":1, "a":-5, "A":{} })");
    std::string canonical;
    append_canonical(canonical, body.root, {"left"});
    BOOST_TEST(canonical == "{\"A\":{},\"a\":-5,\"b\":[2,{\"a\":null,\"z\":true},\"\u00e9\\n\\\"\\u001f\"]}");
}

BOOST_AUTO_TEST_CASE(a_traceparent_is_what_the_recommendation_says)
{
    std::string const good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    arena memory;
    BOOST_TEST(read_traceparent(good, memory) == good);
    std::initializer_list<std::string> const bad_ones = {"",
                                                         good + "-x",
                                                         good.substr(1),
                                                         "ff" + good.substr(2),
                                                         "0g" + good.substr(2),
                                                         "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                                                         "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                                                         "01" + good.substr(2) + "x",
                                                         "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"};
    for (auto const& bad : bad_ones)
        BOOST_TEST(read_traceparent(bad, memory) == "", bad);
}

BOOST_AUTO_TEST_CASE(of_a_later_version_of_traceparent_only_what_is_known_goes_on)
{
    std::string const ids = "-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-";
    arena memory;
    for (std::string const tail : {"", "-", "-later", "-\"", R"(-x","type":"evil","z":"y)", "-\x01\xff"})
        BOOST_TEST(read_traceparent("01" + ids + "01" + tail, memory) == "00" + ids + "01", tail);
    for (std::string const sampled : {"03", "0b", "ff"})
        BOOST_TEST(read_traceparent("cc" + ids + sampled, memory) == "00" + ids + "01", sampled);
    for (std::string const unsampled : {"00", "0a", "fe"})
        BOOST_TEST(read_traceparent("cc" + ids + unsampled, memory) == "00" + ids + "00", unsampled);
}

BOOST_AUTO_TEST_CASE(only_keys_whose_bodies_hold_a_time_have_the_rule_of_identical_bodies)
{
    for (auto const key :
         {"pullrequest:created", "issue:updated", "repo:commit_status_created", "pipeline:span_created"})
        BOOST_TEST(identical_bodies_are_one(product::cloud, key), key);
    for (auto const key : {"repo:push", "repo:fork", "pr:opened", "pipeline:span_createdx"})
        BOOST_TEST(!identical_bodies_are_one(product::cloud, key), key);
    for (auto const key : {"repo:refs_changed", "pr:opened", "repo:comment:added", "mirror:repo_synchronized"})
        BOOST_TEST(identical_bodies_are_one(product::datacenter, key), key);
    for (auto const key : {"repo:push", "app:thing", "repo:refs_changed2"})
        BOOST_TEST(!identical_bodies_are_one(product::datacenter, key), key);
}

}  // namespace bbstream::normalize
