// Every recorded delivery of real installations, where they are at hand.
#include "support/folding.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace bbstream {

namespace {

namespace fs = std::filesystem;

fs::path recorded_webhooks()
{
    char const* const shared = std::getenv("BBSTREAM_SHARED");
    fs::path const root = shared ? fs::path(shared) : fs::path(BBSTREAM_SOURCE_DIR) / "../shared";
    return root / "recorded/webhooks";
}

std::string read_whole(fs::path const& path)
{
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

struct recording {
    std::string file, platform, key;
};

std::vector<recording> index_of(fs::path const& directory)
{
    std::vector<recording> found;
    std::ifstream lines(directory / "INDEX.tsv");
    std::string line;
    std::getline(lines, line);  // the columns' names
    while (std::getline(lines, line)) {
        std::istringstream columns(line);
        recording next;
        std::getline(columns, next.file, '\t');
        std::getline(columns, next.platform, '\t');
        std::getline(columns, next.key, '\t');
        found.push_back(next);
    }
    return found;
}

// All is typed but what the Post Webhooks app sends.
bool is_typed(recording const& of)
{
    return of.platform == "dc" || of.platform == "cloud";
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_recorded_body_gives_typed_events_or_an_unknown_one)
{
    auto const directory = recorded_webhooks();
    if (!fs::exists(directory / "INDEX.tsv")) {
        BOOST_TEST_MESSAGE("skipped: there is no " << directory.string());
        return;
    }
    std::size_t typed_bodies = 0;
    for (auto const& each : index_of(directory)) {
        test::folder in;
        test::delivery of;
        of.platform = each.platform == "cloud" ? product::cloud : product::datacenter;
        of.event_key = each.key;
        of.body = read_whole(directory / each.file);
        auto const events = in.apply(of);
        auto const& counts = in.fold->counts();
        bool const typed = is_typed(each);
        bool const silent = counts.empty_pushes + counts.pings > 0;
        BOOST_TEST(events.empty() == silent, each.file);
        for (auto const& found : events)
            BOOST_TEST(((found.type == event::type::unknown_received) != typed), each.file);
        test::encode_all(events);
        typed_bodies += typed;
    }
    BOOST_TEST(typed_bodies >= 143u);
}

}  // namespace bbstream
