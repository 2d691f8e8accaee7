#include "check/kafka.hpp"

#include "config/secret.hpp"
#include "kafka/connect.hpp"
#include "kafka/topic_setup.hpp"
#include "kafka/topics.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace bbstream::check {
namespace {

// Somebody waits for the answer.
constexpr kafka::timeouts within{.topics = std::chrono::milliseconds(10'000),
                                 .init_transactions = std::chrono::milliseconds(15'000),
                                 .publish = std::chrono::milliseconds(10'000)};

class kafka_check {
   public:
    kafka_check(config::kafka const& kafka, std::string const& node, event::topic_set const& topics, bool write)
        : config_(kafka), node_(node + "-check"), wanted_(topics), write_(write)
    {
    }
    ~kafka_check() { kafka::wait_for_handles(handles_, within.close); }
    kafka_check(kafka_check const&) = delete;
    kafka_check& operator=(kafka_check const&) = delete;

    lines run()
    {
        auto const properties = config::resolve_properties(config_);
        if (!properties) {
            told_.push_back(failed("kafka", properties.error(), {}));
            return told_;
        }
        log_->begin(kafka::secrets_of(*properties));
        kafka::connection const with{config_, wanted_, *properties, within, log_, handles_};
        if (look_at_topics(with))
            look_at_producer(with);
        return told_;
    }

   private:
    // Whether all of them are there.
    bool look_at_topics(kafka::connection const& with)
    {
        auto const reader = kafka::connect_reader(with);
        if (!reader) {
            told_.push_back(failed("kafka", reader.error(), "see to [kafka] in the configuration"));
            return false;
        }
        std::string missing;
        std::size_t found = 0;
        auto const look_at = [&](std::string const& name) -> std::optional<std::int32_t> {
            auto const count = kafka::count_partitions(**reader, name, within);
            if (!count) {
                tell_failure(count.error());
                return std::nullopt;
            }
            if (told_.empty())
                told_.push_back({"kafka", grade::ok, "reachable", {}});
            if (*count == 0)
                missing += (missing.empty() ? "" : ", ") + name;
            else
                ++found;
            return *count;
        };
        for (std::size_t which = 0; which < event::topic_count; ++which) {
            if (!wanted_.test(which))
                continue;
            auto const count = look_at(kafka::topic_of(config_, static_cast<event::topic>(which)));
            if (!count)
                return false;
            partitions_[which] = *count;
        }
        auto const cursor = kafka::cursor_topic(config_);
        auto const count = look_at(cursor);
        if (!count)
            return false;
        if (*count > 1)
            told_.push_back({"cursor", grade::failed, cursor + " has " + std::to_string(*count) + " partitions",
                             "it must have one: make it anew"});
        if (missing.empty())
            told_.push_back({"topics", grade::ok, "all " + std::to_string(found) + " are there" + detail(), {}});
        else if (config_.topics_auto_create)
            told_.push_back({"topics", grade::ok, "to be made by the daemon's start: " + missing, {}});
        else
            told_.push_back(
                {"topics", grade::failed, "missing: " + missing, "make them, or set kafka.topics.auto_create = true"});
        return missing.empty();
    }

    std::string detail() const
    {
        std::string counts;
        for (std::size_t which = 0; which < event::topic_count; ++which)
            if (wanted_.test(which))
                counts += (counts.empty() ? ", with partitions " : " ") + std::to_string(partitions_[which]);
        return counts;
    }

    std::vector<kafka::partition> all_partitions() const
    {
        std::vector<kafka::partition> all{{kafka::cursor_topic(config_), 0}};
        for (std::size_t which = 0; which < event::topic_count; ++which)
            for (std::int32_t number = 0; number < partitions_[which]; ++number)
                all.push_back({kafka::topic_of(config_, static_cast<event::topic>(which)), number});
        return all;
    }

    void tell_failure(failure const& why)
    {
        if (why.kind == failure_kind::permanent)
            told_.push_back(
                failed("acl", why,
                       "allow Describe, and Read and Write for the daemon, on topics " + config_.topic_prefix + ".*"));
        else
            told_.push_back(failed(told_.empty() ? "kafka" : "topics", why,
                                   "see to bootstrap.servers, security.protocol and the way to the brokers"));
    }

    void look_at_producer(kafka::connection const& with)
    {
        kafka::producer_settings const settings{node_, within.publish};
        auto const producer = kafka::connect_producer(with, settings);
        auto const id = kafka::transactional_id(config_, node_);
        if (!config_.transactions) {
            told_.push_back({"transactions", grade::warning, "off: events may come twice, under the same id",
                             "set kafka.transactions = true where consumers can't bear that"});
            return;
        }
        if (!producer) {
            told_.push_back(
                failed("transactions", producer.error(),
                       "allow Write and Describe on the transactional ids " + id + " and that of the daemon"));
            return;
        }
        told_.push_back({"transactions", grade::ok, "usable, tried as " + id, {}});
        if (!write_) {
            told_.push_back({"acl", grade::unknown, "topics can be described; --write tries to write to them", {}});
            return;
        }
        if (auto const written = (*producer)->abort_in(all_partitions(), node_); !written)
            told_.push_back(failed("acl", written.error(), "allow Write on topics " + config_.topic_prefix + ".*"));
        else
            told_.push_back({"acl", grade::ok, "each partition can be written; the transaction was aborted", {}});
    }

    config::kafka const& config_;
    std::string const node_;
    event::topic_set const wanted_;
    bool const write_;
    std::shared_ptr<kafka::client_log> const log_ = std::make_shared<kafka::client_log>();
    kafka::handle_count const handles_ = std::make_shared<std::atomic<int>>(0);
    std::array<std::int32_t, event::topic_count> partitions_{};
    lines told_;
};

}  // namespace

lines check_kafka(config::kafka const& kafka, std::string const& node, event::topic_set const& topics, bool write)
{
    kafka_check now(kafka, node, topics, write);
    return now.run();
}

}  // namespace bbstream::check
