// The sink `kafka`: events of a batch and the cursor that covers them in one transaction.
//
// The cursor is a record in a compacted topic of one partition, since offsets committed to a transaction can block for
// ever where the group's coordinator is away (librdkafka #5456, #5511). After any failure the producer is abandoned,
// and open() makes a new one, which fences the old one; what has been committed is then read back from the topic.
// Without transactions events are delivered first and the cursor behind them: at least once, under the same ids.
#pragma once

#include "config/config.hpp"
#include "kafka/claiming.hpp"
#include "kafka/mending.hpp"
#include "kafka/timeouts.hpp"
#include "sink/sink.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bbstream::kafka {

class client;
class client_log;
struct connection;
struct cursor_topic_content;
class producer;

class kafka_sink final : public sink::sink {
   public:
    // The transactional.id is `bbstream-{prefix}-{node}`.
    kafka_sink(config::kafka config, std::string node, timeouts within = {},
               event::topic_set const& topics = event::usual_topics());
    ~kafka_sink() override;

    // open() makes this node the owner of its instances: of those that no other node serves, or with `take_over` of all
    // of them, once. Without this call there are none. Where the one that is taken over has published `from`, which is
    // the journal of this node, it was this one under another name: its cursor is this one's from then on.
    void serve(std::vector<std::string> instances, bool take_over, journal::identity const& from);

    // permanent: a property or a topic is wrong, or the broker forbids something; conflict: another node serves one of
    // the instances. The message says what to do.
    result<bbstream::sink::stored_cursor> open() override;
    // A fenced producer is `unavailable`: open() takes the name back. Before it begins it looks as flush() does, which
    // has errors of its own: however much there is to publish, what hangs is found.
    result<void> publish(event::batch const& events, bbstream::sink::cursor const& next) override;
    // Looks, `recheck` apart, whether what was published shows, until it does; if something of ours stays open, opens
    // again.
    // Errors: as of open(); unavailable: the cursor is not where publish() left it, and nothing is published before the
    // next open().
    result<void> flush() override { return look(); }
    std::optional<event::position> refused() const override { return refused_; }

   private:
    result<void> mend_ousted(connection const& with, client& reader);
    result<void> take_up(cursor_topic_content& found);
    result<void> look();
    result<void> reopen();
    result<cursor_topic_content> read_back(connection const& with, client& reader);

    config::kafka const config_;
    claimant who_;
    journal::identity journal_{};
    timeouts const within_;
    event::topic_set const topics_;
    std::shared_ptr<std::atomic<int>> const handles_ = std::make_shared<std::atomic<int>>(0);
    std::shared_ptr<client_log> const log_;
    std::unique_ptr<producer> producer_;
    bbstream::sink::stored_cursor acknowledged_;  // the newest that a broker has said is committed
    std::optional<event::position> refused_;
    kafka::owners owners_;   // as they were when it was opened
    bool may_hang_ = false;  // what was published has not been seen to be visible
    open_look seen_;         // at the last look
    std::chrono::steady_clock::time_point next_look_;
    bool one_by_one_ = false;  // a batch was refused as a whole
};

}  // namespace bbstream::kafka
