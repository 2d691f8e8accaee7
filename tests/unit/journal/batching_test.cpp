#include "journal/batching.hpp"

#include "journal/append_queue.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace bbstream::journal;

namespace {

struct port final : append_port {
    void completed(append_request* first) noexcept override
    {
        ++calls;
        for (auto* each = first; each != nullptr; each = each->next)
            came.push_back(each);
    }

    int calls = 0;
    std::vector<append_request*> came;
};

struct requests {
    requests(std::size_t count, std::size_t body_bytes) : body(body_bytes, 'b'), all(count)
    {
        for (std::size_t i = 0; i < count; ++i) {
            all[i].record.body = body;
            all[i].next = i + 1 < count ? &all[i + 1] : nullptr;
        }
    }

    std::string body;
    std::vector<append_request> all;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(batching)

BOOST_AUTO_TEST_CASE(a_port_is_called_once_a_batch_with_all_of_its_requests_in_order)
{
    port a, b;
    requests one(2, 1), two(3, 1), three(1, 1);
    std::vector<request_list> waiting{*measure(&one.all[0], a), *measure(&two.all[0], b), *measure(&three.all[0], a)};
    std::vector<request_list> batch;
    std::size_t position = 0;
    take_batch(waiting, position, batch);
    BOOST_TEST(position == 3u);
    give_back(batch);
    BOOST_TEST(a.calls == 1);
    BOOST_TEST((a.came == std::vector{&one.all[0], &one.all[1], &three.all[0]}));
    BOOST_TEST(b.calls == 1);
    BOOST_TEST((b.came == std::vector{&two.all[0], &two.all[1], &two.all[2]}));
}

BOOST_AUTO_TEST_CASE(lists_are_gathered_up_to_the_target_and_never_split_below_the_atomic_bound)
{
    port a;
    requests small(1, 1000), large(4, 2u << 20);
    std::vector<request_list> waiting{*measure(&small.all[0], a), *measure(&large.all[0], a)};
    std::vector<request_list> batch;
    std::size_t position = 0;
    take_batch(waiting, position, batch);
    BOOST_TEST(position == 1u);
    take_batch(waiting, position, batch);
    BOOST_TEST(position == 2u);
    BOOST_REQUIRE(batch.size() == 1u);
    BOOST_TEST(batch.front().count == 4u);
}

BOOST_AUTO_TEST_CASE(a_list_beyond_the_atomic_bound_goes_in_pieces_that_lose_nothing)
{
    port a;
    requests huge(3, 8u << 20);
    std::vector<request_list> waiting{*measure(&huge.all[0], a)};
    std::size_t const all_bytes = waiting.front().bytes;
    std::vector<request_list> batch;
    std::size_t position = 0, batches = 0, bytes = 0;
    while (position < waiting.size()) {
        take_batch(waiting, position, batch);
        for (auto const& each : batch)
            bytes += each.bytes;
        give_back(batch);
        BOOST_REQUIRE(++batches < 10u);
    }
    BOOST_TEST(batches == 3u);
    BOOST_TEST(bytes == all_bytes);
    BOOST_TEST((a.came == std::vector{&huge.all[0], &huge.all[1], &huge.all[2]}));
}

BOOST_AUTO_TEST_CASE(a_record_that_does_not_fit_the_format_is_not_measured)
{
    port a;
    requests one(2, 1);
    std::string const name(70'000, 'i');
    one.all[1].record.instance = name;
    BOOST_TEST(!measure(&one.all[0], a));
}

BOOST_AUTO_TEST_CASE(the_backlog_is_bounded_by_bytes_and_requests_and_takes_one_list_of_any_size)
{
    port a;
    requests large(1, 10'000), small(1, 10), many(3, 1);
    append_queue queue({5'000, 3});
    std::vector<request_list> lists;
    BOOST_TEST(!queue.push(*measure(&large.all[0], a)));
    BOOST_TEST((queue.push(*measure(&small.all[0], a)) == append_status::overloaded));
    BOOST_TEST(queue.take(lists, std::chrono::milliseconds(0)));
    BOOST_TEST(lists.size() == 1u);
    // What is on its way to the disk still counts.
    BOOST_TEST((queue.push(*measure(&small.all[0], a)) == append_status::overloaded));
    queue.done(1, lists.front().bytes);
    BOOST_TEST(!queue.push(*measure(&small.all[0], a)));
    BOOST_TEST((queue.push(*measure(&many.all[0], a)) == append_status::overloaded));
}

BOOST_AUTO_TEST_CASE(a_closed_queue_takes_nothing_and_gives_out_what_it_has)
{
    port a;
    requests one(1, 1), two(1, 1);
    append_queue queue({});
    BOOST_TEST(!queue.push(*measure(&one.all[0], a)));
    queue.close();
    BOOST_TEST((queue.push(*measure(&two.all[0], a)) == append_status::closed));
    std::vector<request_list> lists;
    BOOST_TEST(queue.take(lists, std::chrono::milliseconds(0)));
    BOOST_TEST(lists.size() == 1u);
    BOOST_TEST(!queue.take(lists, std::chrono::hours(1)));
}

BOOST_AUTO_TEST_SUITE_END()
