// Digests of changes, against what another program made of them; and how changes are written.
#include "event/field_change.hpp"

#include "sample.hpp"

#include <boost/test/unit_test.hpp>

#include <array>

namespace bbstream::event {

BOOST_AUTO_TEST_CASE(the_digest_of_changes_does_not_depend_on_their_order)
{
    std::array const one{field_change{"name", "Books", "Ledger"}, field_change{"private", false, true}};
    std::array const other{one[1], one[0]};
    BOOST_TEST(changes_digest(one) == "50cb0c16a622b3b9");
    BOOST_TEST(changes_digest(other) == "50cb0c16a622b3b9");
}

BOOST_AUTO_TEST_CASE(the_digest_is_of_canonical_json)
{
    std::array const odd{field_change{"description", {}, "tab\tquote\" bell\x07 ünï \b\f"}};
    BOOST_TEST(changes_digest(odd) == "004c8b717fca4aa9");
    std::array const same{field_change{"ownerId", "u1", "u1"}};
    BOOST_TEST(changes_digest(same) == "01ce33a10054d9fa");
}

BOOST_AUTO_TEST_CASE(every_kind_of_value_is_written)
{
    sample of;
    std::array const changes{field_change{"title", "a\"b", {}}, field_change{"draft", true, false},
                             field_change{"votes", std::uint64_t(1), std::uint64_t(20)},
                             field_change{"assignee", {}, &of.actor}};
    pull_request pr;
    auto what = of.base(type::pullrequest_updated);
    what.data = pull_request_updated{&pr, changes};
    batch out;
    encode(what, {}, 0, out);
    std::string const value(out[0].value);
    auto const has = [&](std::string_view part) { return value.find(part) != std::string::npos; };
    BOOST_TEST(has(R"("changes":{"title":{"old":"a\"b","new":null},"draft":{"old":true,"new":false},)"
                   R"("votes":{"old":1,"new":20},"assignee":{"old":null,"new":{"id":"u1","kind":"user")"));
}

BOOST_AUTO_TEST_CASE(no_change_is_not_the_same_as_an_unknown_one)
{
    sample of;
    pull_request pr;
    auto what = of.base(type::pullrequest_updated);
    what.data = pull_request_updated{&pr, field_changes()};
    batch out;
    encode(what, {}, 0, out);
    what.data = pull_request_updated{&pr, std::nullopt};
    encode(what, {}, 0, out);
    BOOST_TEST(out[0].value.find(R"("changes":{},)") != std::string_view::npos);
    BOOST_TEST(out[1].value.find(R"("changes":null,)") != std::string_view::npos);
}

}  // namespace bbstream::event
