#include "event/event_id.hpp"

#include <boost/test/unit_test.hpp>

namespace bbstream::event {

namespace {

std::string text_of(uuid const& id)
{
    std::string text;
    append_uuid(text, id);
    return text;
}

// NAMESPACE_URL of RFC 9562 section 6.6.
constexpr uuid namespace_url{
    {0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8}};

std::string const ledger = "3deb8c29-778a-450c-8f69-3e50a18079df";
std::string const zeros(40, '0');
std::string const tip = "7ef5981d59145c3ed300b1ab77b93907d33abe59";

}  // namespace

BOOST_AUTO_TEST_CASE(the_namespace_is_what_its_name_gives)
{
    BOOST_TEST((uuid5(namespace_url, "urn:bitbucket-events:event-id:v1") == event_id_namespace));
    BOOST_TEST(text_of(event_id_namespace) == "55fc358f-54fc-5ea7-bc37-1fa831024eb5");
}

BOOST_AUTO_TEST_CASE(the_rfc_example_of_version_5_holds)
{
    uuid const dns{{0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8}};
    BOOST_TEST(text_of(uuid5(dns, "www.example.com")) == "2ed6657d-e927-568b-95e1-2665a8aea6a2");
}

BOOST_AUTO_TEST_CASE(refs_have_the_ids_of_the_documented_vectors)
{
    fact_name name;
    name.begin("ref", "cloud").part(ledger).part("refs/heads/main").part(zeros).part(tip);
    std::size_t const length = name.text().size();
    BOOST_TEST(text_of(name.part(std::uint64_t(0)).id()) == "423e6ead-6189-550f-a667-237497d65173");
    name.cut(length);
    BOOST_TEST(text_of(name.part(std::uint64_t(1)).id()) == "3d61ef33-a0c2-5917-8e4b-e48ecb2e3184");
    name.begin("ref", "cloud").part(ledger).part("refs/heads/feature/100%-ünïcode").part(zeros).part(tip);
    BOOST_TEST(text_of(name.part(std::uint64_t(0)).id()) == "806e6c97-99ad-5bda-9ed5-0702f0e77a37");
}

BOOST_AUTO_TEST_CASE(other_facts_have_the_ids_of_the_documented_vectors)
{
    fact_name name;
    BOOST_TEST(text_of(name.begin("commit", "cloud").part(ledger).part(tip).id()) ==
               "a674a7da-e67f-53ce-92c5-565064da2d6e");
    BOOST_TEST(text_of(name.begin("pr.opened", "dc-main").part(4).part(5).id()) ==
               "788a4d9b-9859-586c-b958-a70bf3e6859d");
    BOOST_TEST(text_of(name.begin("pr.merged", "dc-main").part(4).part(5).id()) ==
               "6b8cf2d8-ac73-5a32-834f-f5e19761d75d");
    BOOST_TEST(text_of(name.begin("pr.review", "dc-main")
                           .part(4)
                           .part(5)
                           .part(2125)
                           .part("approved")
                           .part(std::uint64_t(0))
                           .id()) == "d010f23f-859d-5c90-a648-30ecbb76d855");
    BOOST_TEST(
        text_of(name.begin("pr.updated", "cloud").part(ledger).part(1).part("2026-07-30T01:35:49.207341Z").id()) ==
        "1867b458-7360-58ae-ac82-697096c64c96");
    name.begin("build.status", "cloud").part("673a6070-3421-46c9-9d48-90745f7bfe8e").part("9fec847784ab");
    name.part("mybuildtool").part("SUCCESSFUL").part("2015-11-20T08:01:16.433108Z");
    BOOST_TEST(text_of(name.id()) == "cf0cb000-8a2f-5b54-bfc9-ed70ad2dd4b2");
}

BOOST_AUTO_TEST_CASE(the_documented_example_of_an_event_has_its_id)
{
    fact_name name;
    name.begin("ref", "cloud").part(ledger).part("refs/heads/feature/issue-819");
    name.part("a10199272451f4c7c5edced2d40b5d6f2f6f5fa3").part("5ecffa3874e96920f24a2b3c0d0038e47d5cd1a4");
    BOOST_TEST(text_of(name.part(std::uint64_t(0)).id()) == "a53cd0b0-d254-573e-9190-f505fc22c1ec");
}

BOOST_AUTO_TEST_CASE(parts_can_not_be_mistaken_for_each_other)
{
    fact_name name;
    BOOST_TEST(name.begin("ref", "i%\n").part("a\nb\rc%").part("").text() == "v1\nref\ni%25%0A\na%0Ab%0Dc%25\n");
    auto const joined = name.begin("f", "i").part("a\nb").id();
    BOOST_TEST(!(name.begin("f", "i").part("a").part("b").id() == joined));
    BOOST_TEST(!(name.begin("f", "i").part("a%0Ab").id() == joined));
}

}  // namespace bbstream::event
