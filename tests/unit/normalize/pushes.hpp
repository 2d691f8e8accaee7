// Pushes of one letter a commit, for tests of what the fold makes of them.
#pragma once

#include "support/folding.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace bbstream::test {

inline std::string hash(char name)
{
    return std::string(40, name);
}

// "null" for 0.
inline std::string side(char name, std::string const& ref)
{
    if (name == '0')
        return "null";
    return R"({"type":"branch","name":")" + ref + R"(","target":{"hash":")" + hash(name) + R"("}})";
}

// "ab" moves the ref from a to b; with the commits of `listed`, newest first.
inline std::string cloud_change(std::string const& what, std::string const& ref = "main",
                                std::string const& listed = "")
{
    std::string commits;
    for (char const each : listed)
        commits += (commits.empty() ? "" : ",") + (R"({"hash":")" + hash(each) + R"("})");
    return R"({"old":)" + side(what[0], ref) + R"(,"new":)" + side(what[1], ref) + R"(,"truncated":false,"commits":[)" +
           commits + "]}";
}

inline std::string cloud_body(std::string const& changes, std::string const& repository = "r1")
{
    return R"({"push":{"changes":[)" + changes + R"(]},"actor":null,"repository":{"uuid":"{)" + repository + R"(}"}})";
}

inline delivery cloud_push(std::string const& what, std::string const& id, std::string const& listed = "")
{
    return {.body = cloud_body(cloud_change(what, "main", listed)), .id = id};
}

inline delivery datacenter_push(std::string const& what, std::string const& id, std::string const& date)
{
    delivery of;
    of.platform = product::datacenter;
    of.instance = "dc";
    of.event_key = "repo:refs_changed";
    of.id = id;
    of.body = R"({"date":")" + date + R"(","repository":{"id":4},"changes":[{"refId":"refs/heads/main","fromHash":")" +
              hash(what[0]) + R"(","toHash":")" + hash(what[1]) + R"("}]})";
    return of;
}

// The id of the only event that it becomes.
inline std::string only_id(folder& in, delivery const& of)
{
    auto const events = in.apply(of);
    BOOST_TEST_REQUIRE(events.size() == 1u);
    return id_text(events.front());
}

}  // namespace bbstream::test
