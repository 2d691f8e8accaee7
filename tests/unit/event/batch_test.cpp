#include "event/batch.hpp"

#include <boost/test/unit_test.hpp>

namespace bbstream::event {

BOOST_AUTO_TEST_CASE(a_sequence_has_31_characters_that_sort_as_positions_do)
{
    std::string first;
    append_sequence(first, 1, {1042, 3});
    BOOST_TEST(first == "0001.0000000000000001042.000003");
    std::string last;
    append_sequence(last, 9999, {9'999'999'999'999'999'999u, 999'999});
    BOOST_TEST(last == "9999.9999999999999999999.999999");
}

BOOST_AUTO_TEST_CASE(events_lie_one_after_the_other)
{
    batch all;
    for (std::uint64_t at = 1; at <= 3; ++at) {
        all.begin(topic::commit, {at, 7});
        all.bytes() += "key" + std::to_string(at);
        all.end_key();
        all.bytes() += std::string(at, 'v');
        all.end_value();
        if (at == 2)
            all.bytes() += "headers";
        all.end_headers();
    }
    BOOST_TEST(all.size() == 3u);
    BOOST_TEST(all[1].key == "key2");
    BOOST_TEST(all[1].value == "vv");
    BOOST_TEST(all[1].headers == "headers");
    BOOST_TEST(all[2].headers.empty());
    BOOST_TEST((all[2].position == position{3, 7}));

    all.drop_last();
    BOOST_TEST(all.size() == 2u);
    BOOST_TEST(all[1].headers == "headers");
    BOOST_TEST(all.byte_size() == 2 * 4u + 3u + 7u);
    all.clear();
    BOOST_TEST(all.empty());
    BOOST_TEST(all.byte_size() == 0u);
}

BOOST_AUTO_TEST_CASE(topics_have_the_names_of_the_contract)
{
    BOOST_TEST(topic_name(topic::repository) == "repository.v1");
    BOOST_TEST(topic_name(topic::unknown) == "unknown.v1");
    BOOST_TEST(topic_name(topic::dlq) == "dlq.v1");
    BOOST_TEST(topic_name(topic::system) == "system.v1");
}

}  // namespace bbstream::event
