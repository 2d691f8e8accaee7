#include "kafka/producer.hpp"

#include "kafka/error.hpp"
#include "kafka/message.hpp"

#include <array>
#include <functional>
#include <string_view>
#include <utility>

namespace bbstream::kafka {

namespace {

using clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int queue_full_wait_ms = 10;
// After a refusal: how long the reports may take that say which event it was.
constexpr milliseconds reports_wait{2'000};

// librdkafka takes what it only reads by non-const pointers.
void* bytes_of(std::string_view text)
{
    return const_cast<char*>(text.data());
}

rd_kafka_vu_t part(rd_kafka_vtype_t type, std::string_view bytes)
{
    rd_kafka_vu_t made{};
    made.vtype = type;
    made.u.mem.ptr = bytes_of(bytes);
    made.u.mem.size = bytes.size();
    return made;
}

// "name NUL value NUL ..." as librdkafka's list; nothing for none.
headers_handle headers_of(std::string_view block)
{
    constexpr std::size_t usual_count = 24;
    if (block.empty())
        return nullptr;
    headers_handle headers(rd_kafka_headers_new(usual_count));
    while (!block.empty()) {
        auto const name = block.substr(0, block.find('\0'));
        block.remove_prefix(std::min(name.size() + 1, block.size()));
        auto const value = block.substr(0, block.find('\0'));
        block.remove_prefix(std::min(value.size() + 1, block.size()));
        rd_kafka_header_add(headers.get(), name.data(), static_cast<ssize_t>(name.size()), value.data(),
                            static_cast<ssize_t>(value.size()));
    }
    return headers;
}

std::string place_of(event::position at)
{
    return "record " + std::to_string(at.sequence) + ", event " + std::to_string(at.index);
}

}  // namespace

result<std::unique_ptr<producer>> producer::make(conf_handle conf, bool transactions, destinations const& to,
                                                 timeouts const& within, std::shared_ptr<client_log> log,
                                                 handle_count count)
{
    std::unique_ptr<producer> made(new producer(transactions, within));
    auto client = client::make(RD_KAFKA_PRODUCER, std::move(conf), std::move(log), made->reports_, std::move(count));
    if (!client)
        return client.error();
    made->client_ = std::move(*client);
    made->topic_names_ = to.events;
    for (std::size_t topic = 0; topic < to.events.size(); ++topic)
        if (!to.events[topic].empty())
            made->topics_[topic] = made->client_->topic(to.events[topic]);
    made->cursor_topic_ = made->client_->topic(to.cursor);
    return made;
}

// A call of librdkafka under the watchdog's eyes.
result<void> producer::call(char const* what, milliseconds timeout,
                            std::function<rd_kafka_error_t*(rd_kafka_t*)> function)
{
    auto const error = std::make_shared<error_handle>();
    bool const returned =
        client_->run(timeout + within_.watchdog_margin,
                     [error, function = std::move(function)](rd_kafka_t* handle) { error->reset(function(handle)); });
    if (!returned)
        return failure{failure_kind::unavailable,
                       std::string(what) + ": librdkafka did not come back; its handle is left behind"};
    if (!*error)
        return {};
    auto why = explain(what, error->get());
    if (auto const problem = client_->log().last_problem();
        fate_of(error->get()) == fate::retriable && !problem.empty())
        why.message += ": " + problem;
    return why;
}

result<void> producer::init()
{
    if (!transactions_)
        return {};
    auto const timeout = within_.init_transactions;
    return call("init_transactions", timeout, [timeout](rd_kafka_t* handle) {
        return rd_kafka_init_transactions(handle, static_cast<int>(timeout.count()));
    });
}

result<void> producer::begin()
{
    reports_->clear();
    deadline_ = clock::now() + within_.publish;
    if (!transactions_)
        return {};
    return call("begin_transaction", milliseconds(0),
                [](rd_kafka_t* handle) { return rd_kafka_begin_transaction(handle); });
}

result<void> producer::commit()
{
    auto const timeout = within_.publish;
    return call("commit_transaction", timeout, [timeout](rd_kafka_t* handle) {
        return rd_kafka_commit_transaction(handle, static_cast<int>(timeout.count()));
    });
}

result<void> producer::abort()
{
    auto const timeout = within_.publish;
    return call("abort_transaction", timeout, [timeout](rd_kafka_t* handle) {
        return rd_kafka_abort_transaction(handle, static_cast<int>(timeout.count()));
    });
}

// Without transactions: all that was handed over is delivered, or has failed.
result<void> producer::flush()
{
    auto const timeout = within_.publish;
    auto flushed = call("flush", timeout, [timeout](rd_kafka_t* handle) -> rd_kafka_error_t* {
        auto const code = rd_kafka_flush(handle, static_cast<int>(timeout.count()));
        return code == RD_KAFKA_RESP_ERR_NO_ERROR ? nullptr : rd_kafka_error_new(code, "%s", rd_kafka_err2str(code));
    });
    if (!flushed)
        return flushed;
    if (auto const error = reports_->get().error)
        return explain("produce", *error);
    return {};
}

result<void> producer::publish(event::batch const& events, std::optional<cursor_message> const& cursor)
{
    refused_ = {};
    if (auto const begun = begin(); !begun)
        return begun;
    if (auto const produced = produce_events(events); !produced)
        return fail(events, produced.error());
    if (!transactions_)
        if (auto const flushed = flush(); !flushed)
            return fail(events, flushed.error());
    if (cursor)
        if (auto const produced = produce_cursor(*cursor); !produced)
            return fail(events, produced.error());
    if (auto const done = transactions_ ? commit() : flush(); !done)
        return fail(events, done.error());
    return {};
}

result<void> producer::produce_cursor(cursor_message const& cursor)
{
    std::vector<rd_kafka_vu_t> message(3);
    message[0].vtype = RD_KAFKA_VTYPE_RKT;
    message[0].u.rkt = cursor_topic_;
    message[1] = part(RD_KAFKA_VTYPE_KEY, cursor.key);
    message[2] = part(RD_KAFKA_VTYPE_VALUE, cursor.value);
    if (auto const error = produce(message, nullptr))
        return why_not_taken(error.get());
    return {};
}

// Values are copied: should this producer be left behind, its messages outlive the batch.
result<void> producer::produce_events(event::batch const& events)
{
    std::vector<rd_kafka_vu_t> message(4);
    for (std::size_t at = 0; at < events.size(); ++at) {
        auto const each = events[at];
        message.resize(4);
        message[0].vtype = RD_KAFKA_VTYPE_RKT;
        message[0].u.rkt = topics_[static_cast<std::size_t>(each.topic)];
        message[1] = part(RD_KAFKA_VTYPE_KEY, each.key);
        message[2] = part(RD_KAFKA_VTYPE_VALUE, each.value);
        message[3].vtype = RD_KAFKA_VTYPE_OPAQUE;
        message[3].u.ptr = delivery_reports::opaque_of(at);
        if (auto const error = produce(message, headers_of(each.headers))) {
            if (fate_of(error.get()) == fate::refused)
                refused_.event = each.position;
            return why_not_taken(error.get());
        }
    }
    return {};
}

// A transaction that has failed meanwhile takes no more, and says why when it is asked to end.
failure producer::why_not_taken(rd_kafka_error_t const* error)
{
    if (transactions_ && rd_kafka_error_code(error) == RD_KAFKA_RESP_ERR__STATE)
        if (auto const ended = commit(); !ended)
            return ended.error();
    return explain("produce", error);
}

// Waits while librdkafka's queue is full. The headers are the message's as soon as it is taken.
error_handle producer::produce(std::vector<rd_kafka_vu_t>& message, headers_handle headers)
{
    message.emplace_back();
    message.back().vtype = RD_KAFKA_VTYPE_MSGFLAGS;
    message.back().u.i = RD_KAFKA_MSG_F_COPY;
    if (headers) {
        message.emplace_back();
        message.back().vtype = RD_KAFKA_VTYPE_HEADERS;
        message.back().u.headers = headers.get();
    }
    for (;;) {
        error_handle error(rd_kafka_produceva(client_->get(), message.data(), message.size()));
        if (!error)
            headers.release();
        if (!error || rd_kafka_error_code(error.get()) != RD_KAFKA_RESP_ERR__QUEUE_FULL || clock::now() >= deadline_)
            return error;
        rd_kafka_poll(client_->get(), queue_full_wait_ms);
    }
}

result<void> producer::abort_in(std::vector<partition> const& where, std::string const& node)
{
    if (!transactions_ || where.empty())
        return {};
    if (auto const begun = begin(); !begun)
        return begun;
    for (auto const& each : where)
        if (auto const produced = produce_to(each, aborting_key, node, nullptr); !produced)
            return produced;
    // What is not delivered when the abort comes is thrown away, and ends nothing.
    if (auto const flushed = flush(); !flushed)
        return flushed;
    return abort();
}

result<void> producer::republish(std::vector<message_handle> const& messages, cursor_message const& cursor)
{
    if (auto const begun = begin(); !begun)
        return begun;
    for (auto const& each : messages) {
        rd_kafka_headers_t* headers = nullptr;
        rd_kafka_message_headers(each.get(), &headers);
        headers_handle copy(headers == nullptr ? nullptr : rd_kafka_headers_copy(headers));
        partition const where{rd_kafka_topic_name(each->rkt), each->partition};
        if (auto const produced = produce_to(where, key_of(*each), value_of(*each), std::move(copy)); !produced)
            return produced;
    }
    if (!transactions_)
        if (auto const flushed = flush(); !flushed)
            return flushed;
    if (auto const produced = produce_cursor(cursor); !produced)
        return produced;
    return transactions_ ? commit() : flush();
}

result<void> producer::produce_to(partition const& where, std::string_view key, std::string_view value,
                                  headers_handle headers)
{
    std::vector<rd_kafka_vu_t> message(4);
    message[0].vtype = RD_KAFKA_VTYPE_RKT;
    message[0].u.rkt = client_->topic(where.topic);
    message[1].vtype = RD_KAFKA_VTYPE_PARTITION;
    message[1].u.i32 = where.number;
    message[2] = part(RD_KAFKA_VTYPE_KEY, key);
    message[3] = part(RD_KAFKA_VTYPE_VALUE, value);
    if (auto const error = produce(message, std::move(headers)))
        return why_not_taken(error.get());
    return {};
}

// Finds out whether an event's content is to blame, and which event's.
failure producer::fail(event::batch const& events, failure why)
{
    if (!refused_.event) {
        client_->run(reports_wait + within_.watchdog_margin, [](rd_kafka_t* handle) {
            rd_kafka_purge(handle, RD_KAFKA_PURGE_F_QUEUE);
            rd_kafka_flush(handle, static_cast<int>(reports_wait.count()));
        });
        auto const reports = reports_->get();
        if (reports.refused_event) {
            refused_.unclear = reports.refused_events > 1;
            why = explain("produce", *reports.refusal);
            if (!refused_.unclear)
                refused_.event = events[*reports.refused_event].position;
        }
    }
    if (!refused_.event)
        return why;
    for (std::size_t at = 0; at < events.size(); ++at)
        if (events[at].position == *refused_.event)
            why.message += ": topic " + topic_names_[static_cast<std::size_t>(events[at].topic)] + ", " +
                           place_of(*refused_.event);
    why.kind = failure_kind::permanent;
    return why;
}

}  // namespace bbstream::kafka
