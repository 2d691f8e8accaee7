// Payloads that someone has damaged: whatever comes, the fold neither crashes nor loses it.
#include "support/folding.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

namespace bbstream {

namespace {

namespace fs = std::filesystem;

std::vector<test::delivery> golden_deliveries()
{
    std::vector<test::delivery> found;
    for (auto const& file : fs::recursive_directory_iterator(fs::path(BBSTREAM_SOURCE_DIR) / "tests/golden")) {
        if (file.path().extension() != ".golden")
            continue;
        std::ostringstream text;
        text << std::ifstream(file.path()).rdbuf();
        std::string const all = text.str();
        test::delivery of;
        of.platform = all.starts_with("platform: cloud") ? product::cloud : product::datacenter;
        std::size_t const key = all.find("x-event-key: ") + std::string_view("x-event-key: ").size();
        of.event_key = all.substr(key, all.find('\n', key) - key);
        std::size_t const body = all.find("\n\n") + 2;
        of.body = all.substr(body, all.find("\n----------\n") - body);
        found.push_back(std::move(of));
    }
    std::sort(found.begin(), found.end(), [](auto const& a, auto const& b) { return a.body < b.body; });
    return found;
}

// Another payload of about the same shape, or of none.
void damage(std::string& body, std::mt19937_64& random)
{
    static constexpr std::string_view pieces[] = {"null", "{}", "[]", "\"\"", "1e999", "-1", "true",     "\\ud800",
                                                  "\xff", "\"", "{",  "}",    ",",     ":",  "\xc3\xa4", "[[[[[[[["};
    auto const at = [&] { return body.empty() ? 0 : random() % body.size(); };
    switch (random() % 5) {
        case 0:
            body[at()] = static_cast<char>(random());
            break;
        case 1:
            body.erase(at(), random() % 40);
            break;
        case 2:
            body.insert(at(), pieces[random() % std::size(pieces)]);
            break;
        case 3: {  // a value by another
            std::size_t const colon = body.find(':', at());
            std::size_t const end = colon == std::string::npos ? colon : body.find_first_of(",}]", colon);
            if (end != std::string::npos)
                body.replace(colon + 1, end - colon - 1, pieces[random() % std::size(pieces)]);
            break;
        }
        default:
            body.resize(at());
    }
}

}  // namespace

BOOST_AUTO_TEST_CASE(damaged_payloads_give_events_or_nothing_for_a_reason)
{
    std::uint64_t const seed = 20260824;
    BOOST_TEST_MESSAGE("seed " << seed);
    std::mt19937_64 random(seed);
    auto const deliveries = golden_deliveries();
    BOOST_TEST_REQUIRE(!deliveries.empty());
    event::encoding with_headers;
    with_headers.headers = true;
    test::folder in;
    for (int round = 0; round < 20'000; ++round) {
        auto of = deliveries[random() % deliveries.size()];
        for (auto times = 1 + random() % 3; times-- > 0 && !of.body.empty();)
            damage(of.body, random);
        auto const before = in.fold->counts();
        auto const events = in.apply(of);
        auto const& after = in.fold->counts();
        bool const reason = after.repeated_deliveries > before.repeated_deliveries ||
                            after.repeated_changes > before.repeated_changes ||
                            after.repeated_facts > before.repeated_facts || after.pings > before.pings ||
                            after.empty_pushes > before.empty_pushes;
        BOOST_TEST_REQUIRE((!events.empty() || reason), of.body);
        for (auto const& value : test::encode_all(events, with_headers)) {
            BOOST_TEST_REQUIRE(value.front() == '{');
            BOOST_TEST_REQUIRE(value.find('\n') == std::string::npos);
        }
    }
}

}  // namespace bbstream
