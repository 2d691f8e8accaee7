#include "kafka/topics.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <sstream>

using namespace bbstream;
using namespace bbstream::kafka;

namespace {

event::topic_set const every_topic = event::topic_set().set();

}  // namespace

BOOST_AUTO_TEST_SUITE(topics)

BOOST_AUTO_TEST_CASE(events_go_to_the_topics_of_the_contract)
{
    config::kafka config;
    config.topic_prefix = "p";
    std::vector<std::string> names;
    for (auto const& each : event_topics(config))
        names.push_back(each.name);
    BOOST_TEST(names == (std::vector<std::string>{"p.repository.v1", "p.commit.v1", "p.pullrequest.v1", "p.build.v1",
                                                  "p.issue.v1", "p.project.v1", "p.security.v1", "p.unknown.v1",
                                                  "p.dlq.v1", "p.system.v1"}));
    std::vector<std::string> optional;
    for (auto const& each : event_topics(config, ~event::usual_topics()))
        optional.push_back(each.name);
    BOOST_TEST(optional == (std::vector<std::string>{"p.otlpspans.v1", "p.cdevents.v1"}));
    BOOST_TEST(topic_of(config, event::topic::build) == "p.build.v1");
    BOOST_TEST(cursor_topic(config) == "p.cursor.v1");
}

BOOST_AUTO_TEST_CASE(no_topic_of_events_is_compacted_and_the_cursor_is)
{
    for (auto const& each : event_topics({}, every_topic))
        BOOST_TEST((each.settings.front() == std::pair<std::string, std::string>("cleanup.policy", "delete")));
    auto const cursor = cursor_topic_spec({});
    BOOST_TEST((cursor.settings.front() == std::pair<std::string, std::string>("cleanup.policy", "compact")));
    BOOST_TEST(cursor.partitions == 1);
}

BOOST_AUTO_TEST_CASE(partitions_follow_the_configuration)
{
    config::kafka config;
    config.topics_partitions = 24;
    auto const many = event_topics(config, every_topic);
    BOOST_TEST(many[0].partitions == 24);
    BOOST_TEST(many[static_cast<std::size_t>(event::topic::security)].partitions == 3);
    BOOST_TEST(many[static_cast<std::size_t>(event::topic::system)].partitions == 1);
    BOOST_TEST(many[static_cast<std::size_t>(event::topic::otlpspans)].partitions == 6);
    BOOST_TEST(many[static_cast<std::size_t>(event::topic::cdevents)].partitions == 24);
    config.topics_partitions = 1;
    for (auto const& each : event_topics(config, every_topic))
        BOOST_TEST(each.partitions == 1);
}

BOOST_AUTO_TEST_CASE(the_document_of_topics_says_how_they_are_made)
{
    std::ostringstream text;
    text << std::ifstream(BBSTREAM_SOURCE_DIR "/schemas/asyncapi.yaml").rdbuf();
    std::string const document = text.str();
    config::kafka config;
    config.topic_prefix = "{prefix}";
    for (auto const& each : event_topics(config, every_topic)) {
        std::size_t const begin = document.find("address: '" + each.name + "'");
        BOOST_TEST_REQUIRE(begin != std::string::npos, each.name);
        auto const channel = document.substr(begin, document.find("bindingVersion", begin) - begin);
        auto const says = [&](std::string const& what) { return channel.find(what) != std::string::npos; };
        BOOST_TEST(says("partitions: " + std::to_string(each.partitions) + "\n"), channel);
        BOOST_TEST(says("- " + each.settings[0].second + "\n"), channel);
        BOOST_TEST(says(each.settings[1].first + ": " + each.settings[1].second + "\n"), channel);
    }
}

BOOST_AUTO_TEST_SUITE_END()
