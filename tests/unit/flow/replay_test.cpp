#include "flow/replay.hpp"

#include "support/event_batch.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace flow = bbstream::flow;
namespace event = bbstream::event;
using bbstream::failure;
using bbstream::failure_kind;
using bbstream::result;

namespace {

// Takes batches whole, but none with an event of its list.
class picky final : public bbstream::sink::replayer {
   public:
    result<void> open() override { return {}; }
    result<void> put(event::batch const& events) override
    {
        refused_.reset();
        if (away)
            return failure{failure_kind::unavailable, "nobody answers"};
        for (std::size_t at = 0; at < events.size(); ++at)
            if (refuses(events[at])) {
                refused_ = events[at].position;
                return failure{failure_kind::permanent, "too large"};
            }
        for (std::size_t at = 0; at < events.size(); ++at)
            taken.push_back({events[at].topic, events[at].position, {}, std::string(events[at].value), {}});
        return {};
    }
    std::optional<event::position> refused() const override { return refused_; }
    std::string place() const override { return "here"; }

    std::size_t bytes_max = 1'000'000;
    bool away = false;
    std::vector<bbstream::test::sample_event> taken;

   private:
    bool refuses(event::encoded const& each) const { return each.value.size() > bytes_max; }

    std::optional<event::position> refused_;
};

event::batch batch_with(std::vector<std::size_t> const& sizes)
{
    event::batch batch;
    for (std::uint32_t index = 0; index < sizes.size(); ++index)
        bbstream::test::append(batch,
                               {event::topic::commit, {7, index}, "cloud:one", std::string(sizes[index], 'x'), {}});
    return batch;
}

event::encoding const how{.origin = bbstream::journal::origin::replay};

// Of record 7 of an instance, received at that time, of that repository.
struct sample {
    sample(std::uint64_t sequence, bbstream::micros received, std::string_view full_name, std::string_view id)
    {
        repository.full_name = full_name;
        repository.id = id;
        delivery.received = received;
        delivery.repository = &repository;
        made.position.sequence = sequence;
        made.delivery = &delivery;
        made.type = event::type::ref_updated;
    }
    sample(sample const&) = delete;

    event::repository repository;
    event::delivery delivery;
    event::event made;
};

bool takes(flow::replay_wish const& wish, sample const& what)
{
    flow::audit_plan plan;
    plan.first = 5;
    return flow::replay_selection(plan, wish).take(what.made);
}

}  // namespace

BOOST_AUTO_TEST_CASE(events_that_are_refused_for_good_have_dead_letters_in_their_places)
{
    picky to;
    to.bytes_max = 2'000;
    auto events = batch_with({10, 5'000, 20, 6'000});
    // The letters quote what they stand for, so they are refused too.
    BOOST_TEST(flow::put_or_bury(to, events, how).has_value());
    BOOST_REQUIRE(to.taken.size() == 4u);
    for (std::uint32_t index = 0; index < 4; ++index) {
        BOOST_TEST(to.taken[index].position.index == index);
        bool const buried = to.taken[index].topic == event::topic::dlq;
        BOOST_TEST(buried == (index % 2 == 1));
        if (buried)
            BOOST_TEST(to.taken[index].value.find(R"("bborigin":"replay")") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(where_even_letters_are_refused_it_ends)
{
    picky to;
    to.bytes_max = 5;
    auto events = batch_with({10, 10});
    auto const put = flow::put_or_bury(to, events, how);
    BOOST_REQUIRE(!put.has_value());
    BOOST_TEST(put.error().message == "too large");
    BOOST_TEST(to.taken.empty());
}

BOOST_AUTO_TEST_CASE(a_sink_that_is_away_is_no_refusal)
{
    picky to;
    to.away = true;
    auto events = batch_with({10});
    BOOST_TEST((flow::put_or_bury(to, events, how).error().kind == failure_kind::unavailable));
    BOOST_TEST((events[0].topic == event::topic::commit));
}

BOOST_AUTO_TEST_CASE(an_event_is_chosen_by_record_time_and_repository)
{
    sample const ledger(7, 1'000, "acme/ledger", "{1}");
    BOOST_TEST(takes({}, ledger));
    BOOST_TEST(!takes({}, sample(4, 1'000, "acme/ledger", "{1}")));  // only folded, to know the state
    BOOST_TEST(takes({.since = 1'000, .until = 1'001}, ledger));
    BOOST_TEST(!takes({.since = 1'001}, ledger));
    BOOST_TEST(!takes({.until = 1'000}, ledger));
    BOOST_TEST(takes({.repository = "acme/ledger"}, ledger));
    BOOST_TEST(takes({.repository = "{1}"}, ledger));
    BOOST_TEST(!takes({.repository = "acme/ledge"}, ledger));
}

BOOST_AUTO_TEST_CASE(what_is_chosen_is_counted)
{
    flow::audit_plan plan;
    flow::replay_selection selected(plan, {.repository = "acme/ledger"});
    for (std::uint64_t sequence : {3, 4, 9}) {
        selected.take(sample(sequence, 0, "acme/ledger", "{1}").made);
        selected.take(sample(sequence + 1, 0, "acme/other", "{2}").made);
    }
    BOOST_TEST(selected.count() == 3u);
    BOOST_TEST(selected.count(event::type::ref_updated) == 3u);
    BOOST_TEST(selected.count(event::type::ref_created) == 0u);
    BOOST_TEST(selected.first() == 3u);
    BOOST_TEST(selected.last() == 9u);
}
