// Deliveries of Cloud as they come: each of them once more, as a retry and as a second hook's copy.
#pragma once

#include "support/folding.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>
#include <vector>

namespace bbstream::test {

using texts = std::vector<std::string>;

// Deliveries of one instance, a second apart each, with ids of their own.
struct cloud_site {
    folder in;
    int clock = 0;

    delivery make(std::string const& key, std::string const& members)
    {
        delivery of;
        of.event_key = key;
        ++clock;
        of.id = "request-" + std::to_string(clock);
        of.received = start_time + clock * micros(1'000'000);
        of.body = R"({"actor":{"uuid":"{b0000000-0000-4000-8000-000000000002}"},)" + members + "}";
        return of;
    }

    // The ids of a delivery's events, but for those that have to be asked for.
    texts ids_of(delivery const& of)
    {
        texts ids;
        for (auto const& each : in.apply(of))
            if (!event::is_optional(event::topic_of(each.type)))
                ids.push_back(type_name(each.type) + " " + id_text(each));
        return ids;
    }

    // The ids of its events, which neither a retry nor a second hook's copy repeats.
    texts tell(std::string const& key, std::string const& members)
    {
        auto of = make(key, members);
        auto ids = ids_of(of);
        BOOST_TEST(in.apply(of).empty(), of.body);
        of.id += "-of-another-hook";
        BOOST_TEST(in.apply(of).empty(), of.body);
        of.body.insert(1, " ");
        BOOST_TEST(ids_of(of).empty(), of.body);
        return ids;
    }

    std::string tell_one(std::string const& key, std::string const& members)
    {
        auto const ids = tell(key, members);
        BOOST_TEST_REQUIRE(ids.size() == 1u, key);
        return ids.front();
    }
};

inline void check_distinct(texts const& ids)
{
    BOOST_TEST(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
}

}  // namespace bbstream::test
